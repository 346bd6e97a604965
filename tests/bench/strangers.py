"""The figures of the matching on registers built in another way than the training's: a hold-out.

PYTHONPATH=scripts python -m tests.bench.strangers
"""

from tests.match.evaluation import figures
from tests.match.strangers import Lists

SETS = (
    ("all columns", 1, 5_000, {}),
    ("no e-mail", 2, 5_000, {"lacks": ("email",)}),
    ("no phone", 3, 5_000, {"lacks": ("phone",)}),
    ("no organisation, no role", 4, 5_000, {"lacks": ("org", "role")}),
    ("small letters", 5, 5_000, {"lower": True}),
    ("Swedish names and newcomers", 6, 5_000, {"people": ("sv", "x")}),
    ("all columns", 7, 20_000, {}),
)


def main():
    print("| set | rows | F1 | precision | recall | certain | of them right | proposals right |")
    print("|---|---|---|---|---|---|---|---|")
    for name, seed, rows, habits in SETS:
        lists = Lists(seed, rows, **habits)
        f = figures(lists.rows, lists.who)
        print(
            f"| {name} | {rows:,} | {f.f1:.3f} | {f.precision:.3f} | {f.recall:.3f} | "
            f"{f.certain:,} | {f.certain_precision:.4f} | {f.proposals_true:.3f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()

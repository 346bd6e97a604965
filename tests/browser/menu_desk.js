// A spreadsheet as Apps Script shows it to menu.gs, in memory: argv[2] the script, argv[3] a JSON of
// {sheets: {title: rows}, active, row, answer, call}; prints what the sheets hold, what was said.
'use strict';
const fs = require('fs');
const vm = require('vm');
const asked = JSON.parse(process.argv[3]);
const said = [], menu = [];
const made = Object.entries(asked.sheets).map(([name, rows]) => ({
  getName: () => name,
  getLastRow: () => rows.length,
  getLastColumn: () => rows[0].length,
  getActiveCell: () => ({ getRow: () => asked.row || 1 }),
  getRange: (row, column, height, width) => ({
    getValues: () => rows.slice(row - 1, row - 1 + height).map((one) => one.slice(column - 1, column - 1 + width)),
    setNumberFormat(format) { said.push(['format', format]); return this; },
    setValue(value) {
      while (rows.length < row) rows.push(rows[0].map(() => ''));
      rows[row - 1][column - 1] = value;
      return this;
    },
  }),
}));
const named = (name) => made.find((one) => one.getName() === name) || null;
let active = asked.active;
const app = {
  getActive: () => ({
    getSheetByName: named,
    getActiveSheet: () => named(active),
    setActiveSheet: (sheet) => { active = sheet.getName(); },
    toast: (text) => said.push(['toast', text]),
  }),
  flush: () => said.push(['flush']),
  getUi: () => ({
    ButtonSet: { OK_CANCEL: 1 }, Button: { OK: 'ok', CANCEL: 'cancel' },
    prompt: () => ({ getSelectedButton: () => (asked.answer === undefined ? 'cancel' : 'ok'), getResponseText: () => asked.answer }),
    createMenu: (title) => {
      const one = { addItem: (text, call) => { menu.push([text, call]); return one; }, addSeparator: () => one, addToUi: () => menu.unshift(title) };
      return one;
    },
  }),
};
const LockService = { getDocumentLock: () => ({ waitLock: () => said.push(['lock']), releaseLock: () => said.push(['free']) }) };
const world = vm.createContext({ SpreadsheetApp: app, LockService });
vm.runInContext(fs.readFileSync(process.argv[2], 'utf8'), world);
world[asked.call]();
process.stdout.write(JSON.stringify({ sheets: asked.sheets, active, said, menu, known: Object.keys(world) , words: vm.runInContext('WORDS', world) }));

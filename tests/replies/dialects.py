"""What mail servers say when they give a letter back, as the servers write it; is it for good?

``{to}`` is the reader's address. Status and diagnostic are those of a report (RFC 3464).
"""

REPORTS = [
    # Postfix
    ("5.1.1", "smtp; 550 5.1.1 <{to}>: Recipient address rejected: User unknown in local"
     " recipient table", True),
    ("5.1.1", "smtp; 550 5.1.1 <{to}>: Recipient address rejected: User unknown in virtual mailbox"
     " table (in reply to RCPT TO command)", True),
    ("5.1.1", "x-postfix; unknown user: \"matti\"", True),
    ("5.1.0", "X-Postfix; Domain example.net does not accept mail (nullMX)", True),
    ("5.4.4", "X-Postfix; Host or domain name not found. Name service error for name=example.net"
     " type=A: Host found but no data record of requested type", True),
    ("5.4.4", "X-Postfix; Host or domain name not found. Name service error for name=example.net"
     " type=AAAA: Host not found", True),
    ("4.4.3", "X-Postfix; Host or domain name not found. Name service error for name=example.net"
     " type=MX: Host not found, try again", False),
    ("5.4.6", "X-Postfix; mail for example.net loops back to myself", False),
    ("5.7.1", "smtp; 554 5.7.1 <{to}>: Relay access denied", False),
    ("5.7.1", "smtp; 553 5.7.1 <verkosto@example.org>: Sender address rejected: not owned by user",
     False),
    ("5.1.8", "smtp; 550 5.1.8 <verkosto@example.org>: Sender address rejected: Domain not found",
     False),
    ("5.1.1", "smtp; 550 5.1.1 <verkosto@example.org>: Sender address rejected: undeliverable"
     " address: User unknown in virtual alias table", False),
    ("5.1.1", "smtp; 550 5.1.1 <{to}>: Recipient address rejected: undeliverable address: host"
     " mx.example.net said: 552 5.2.2 mailbox is over quota (in reply to RCPT TO command)", False),
    ("4.2.0", "smtp; 450 4.2.0 <{to}>: Recipient address rejected: Greylisted", False),
    ("5.2.2", "X-Postfix; maildir delivery failed: error writing message: Disk quota exceeded",
     False),
    ("5.3.0", "x-unix; user unknown", True),
    ("5.3.0", "X-Postfix; can't create user output file. Command output: quota exceeded", False),
    ("4.4.1", "X-Postfix; connect to mx.example.net[203.0.113.5]:25: Connection refused", False),
    # Exim
    ("5.0.0", "smtp; 550 Unrouteable address", True),
    ("5.0.0", "smtp; 550 5.1.1 <{to}> User doesn't exist", True),
    ("5.0.0", "smtp; 550 No Such User Here", True),
    ("5.0.0", "smtp; 550 Administrative prohibition", False),
    ("5.0.0", "smtp; 550 Sender verify failed", False),
    ("5.0.0", "smtp; 550 relay not permitted", False),
    ("5.0.0", "smtp; 550-Verification failed for <verkosto@example.org> 550-No Such User Here 550"
     " Sender verify failed", False),
    ("5.0.0", "smtp; 550 This message was classified as SPAM and may not be delivered", False),
    # Exchange and Microsoft 365
    ("5.1.1", "smtp;550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found", True),
    ("5.1.10", "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {to} not found by SMTP"
     " address lookup", True),
    ("5.1.351", "smtp;550 5.1.351 Remote server returned unknown recipient or mailbox unavailable"
     " -> 550 5.1.1 User unknown", True),
    ("5.4.1", "smtp;550 5.4.1 Recipient address rejected: Access denied. For more information see"
     " https://aka.example/EXOSmtpErrors [AM0EUR02FT032.eop-EUR02.prod.protection.example 2026]",
     True),
    ("5.4.1", "smtp;550 5.4.1 [{to}]: Recipient address rejected: Access denied", True),
    ("5.4.310", "smtp;550 5.4.310 DNS domain example.net does not exist"
     " [Message=InfoDomainNonexistent]", True),
    ("5.0.350", "smtp;550 5.0.350 Remote server returned an error -> 550 5.1.1 <{to}>: Email"
     " address could not be found, or was misspelled (G8)", True),
    ("5.0.350", "smtp;550 5.0.350 Remote server returned an error -> 554 5.7.1 Message blocked due"
     " to spam content", False),
    ("5.4.300", "smtp;550 5.4.300 Message expired -> 421 4.4.0 Remote server response timeout",
     False),
    ("5.4.316", "smtp;550 5.4.316 Message expired, connection refused(Socket error code 10061)",
     False),
    ("5.4.312", "smtp;550 5.4.312 Message expired, DNS query failed(ServerFailure)", False),
    ("5.2.2", "smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException;"
     " Failed to process message due to a permanent exception", False),
    ("5.2.122", "smtp;554 5.2.122 The recipient has exceeded their limit for the number of"
     " messages they can receive per hour", False),
    ("5.7.1", "smtp;550 5.7.1 RESOLVER.RST.AuthRequired; authentication required", False),
    ("5.7.129", "smtp;550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission; not authorized to"
     " send to recipient because the sender isn't on the recipient's list", False),
    ("5.7.509", "smtp;550 5.7.509 Access denied, sending domain example.org does not pass DMARC"
     " verification", False),
    ("5.7.606", "smtp;550 5.7.606 Access denied, banned sending IP [203.0.113.1]", False),
    ("5.7.708", "smtp;550 5.7.708 Service unavailable. Access denied, traffic not accepted from"
     " this IP", False),
    ("5.1.8", "smtp;550 5.1.8 Access denied, bad outbound sender", False),
    ("5.1.90", "smtp;550 5.1.90 Your message can't be sent because you've reached your daily limit"
     " for message recipients", False),
    ("5.2.1", "smtp;550 5.2.1 STOREDRV.Deliver.Exception:RecipientInactive; mailbox disabled",
     True),
    ("4.4.7", "smtp;550 4.4.7 QUEUE.Expired; message expired", False),
    ("5.5.0", "smtp;550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)", True),
    # Gmail and Workspace
    ("5.1.1", "smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try"
     " double-checking the recipient's email address for typos or unnecessary spaces. For more"
     " information, go to https://support.example/mail/?p=NoSuchUser a12si3 - gsmtp", True),
    ("5.2.1", "smtp; 550-5.2.1 The email account that you tried to reach is inactive. For more"
     " information, go to https://support.example/mail/?p=DisabledUser x - gsmtp", True),
    ("5.2.1", "smtp; 550 5.2.1 The user you are trying to contact is receiving mail at a rate that"
     " prevents additional messages from being delivered.", False),
    ("4.2.2", "smtp; 452-4.2.2 The recipient's inbox is out of storage space and inactive.", False),
    ("5.2.2", "smtp; 552-5.2.2 The recipient's inbox is out of storage space and inactive.", False),
    ("5.4.5", "smtp; 550 5.4.5 Daily user sending limit exceeded.", False),
    ("5.7.1", "smtp; 550-5.7.1 Our system has detected that this message is likely unsolicited"
     " mail.", False),
    ("5.7.25", "smtp; 550-5.7.25 The IP address sending this message does not have a PTR record"
     " setup, or the corresponding forward DNS entry does not exist.", False),
    ("4.7.28", "smtp; 421-4.7.28 Gmail has detected an unusual rate of unsolicited mail", False),
    # Yahoo and AOL
    ("5.0.0", "smtp; 554 delivery error: dd This user doesn't have a yahoo.example account"
     " ({to}) [-5] - mta4001.mail", True),
    ("5.0.0", "smtp; 554 delivery error: dd Not a valid recipient - atlas102.free.mail", True),
    ("5.0.0", "smtp; 554 delivery error: dd Sorry, your message to {to} cannot be delivered. This"
     " mailbox is disabled (554.30). - mta4224.mail", True),
    ("5.0.0", "smtp; 552 1 Requested mail action aborted, mailbox not found - [BI-2]", True),
    ("5.2.2", "smtp; 552 5.2.2 mailbox over quota", False),
    ("5.7.9", "smtp; 554 5.7.9 Message not accepted for policy reasons. See"
     " https://postmaster.example/error-codes", False),
    ("4.7.0", "smtp; 421 4.7.0 [TSS04] Messages from 203.0.113.1 temporarily deferred due to"
     " unexpected volume or user complaints", False),
    # iCloud
    ("5.1.1", "smtp; 550 5.1.1 <{to}>: user does not exist", True),
    ("5.7.1", "smtp; 554 5.7.1 [HM08] Message rejected due to local policy", False),
    ("5.2.2", "smtp; 552 5.2.2 <{to}>: user is over quota", False),
    # Finnish operators
    ("5.1.1", "smtp; 550 5.1.1 <{to}>: Recipient address rejected: User unknown in relay recipient"
     " table", True),
    ("5.1.1", "smtp; 550 5.1.1 user unknown or invalid", True),
    ("5.0.0", "smtp; 550 RCPT TO:<{to}> User unknown", True),
    ("5.1.1", "smtp; 550 5.1.1 Recipient unknown", True),
    ("5.1.1", "smtp; 550 5.1.1 Vastaanottajaa ei löydy", True),
    ("5.0.0", "smtp; 550 Käyttäjää ei ole olemassa", True),
    ("5.2.2", "smtp; 552 5.2.2 Postilaatikko on täynnä", False),
    ("5.7.1", "smtp; 554 5.7.1 Viesti estetty: roskapostia", False),
    # others: Domino, Zimbra, GMX, Yandex, Mimecast, Barracuda, Proofpoint, qmail's heirs
    ("5.1.1", "X-Notes; User MATTI (matti@example.net) not listed in Domino Directory", True),
    ("5.0.0", "smtp; 550 {to} User not listed in public Name & Address Book", True),
    ("5.0.0", "smtp; 550 Requested action not taken: mailbox unavailable", True),
    ("5.0.0", "smtp; 554 Transaction failed. Reject due to policy restrictions.", False),
    ("5.7.1", "smtp; 550 5.7.1 No such user! 1606838292-4NvVYGcdTr", True),
    ("5.0.0", "smtp; 550 Message was not accepted -- invalid mailbox. Local mailbox {to} is"
     " unavailable: user not found", True),
    ("5.0.0", "smtp; 550 Invalid Recipient - https://community.example/docs/DOC-1369#550", True),
    ("5.0.0", "smtp; 554 Email rejected due to security policies - https://community.example/554",
     False),
    ("5.0.0", "smtp; 550 permanent failure for one or more recipients ({to}:blocked)", False),
    ("5.0.0", "smtp; 550 permanent failure for one or more recipients ({to}:550 5.1.1 User"
     " Unknown)", True),
    ("5.0.0", "smtp; 554 Blocked - see https://ipcheck.example/?ip=203.0.113.1", False),
    ("5.1.1", "smtp; 550 sorry, no mailbox here by that name. (#5.1.1 - chkuser)", True),
    ("5.0.0", "smtp; 511 sorry, no mailbox here by that name (#5.1.1 - chkuser)", True),
    ("5.0.0", "smtp; 551 User not local; please try <forward-path>", True),
    ("5.0.0", "smtp; 550 5.1.1 <{to}> is not a valid mailbox", True),
    ("5.0.0", "smtp; 550 Account closed", True),
    ("5.0.0", "smtp; 550 Mailbox is inactive", True),
    ("5.0.0", "smtp; 550 authentication required", False),
    ("5.0.0", "smtp; 550 Your IP address is not found in our list of allowed senders", False),
    ("5.0.0", "smtp; 550 5.7.1 SPF record of the domain does not exist", False),
    ("5.0.0", "smtp; 552 message exceeds maximum message size", False),
    ("5.6.7", "smtp; 550 5.6.7 SMTPUTF8 is required, but was not offered by host", False),
    ("5.4.7", "smtp; Delivery expired (message too old) 'timeout'", False),
    ("5.3.5", "X-Local; 553 5.3.5 system config error: mail loops back to me", False),
]  # fmt: skip

NOTICES = [
    # name, sender, subject, words, is it for good?
    (
        "qmail, no host",
        "MAILER-DAEMON@mail.example.org",
        "failure notice",
        "Hi. This is the qmail-send program at mail.example.org.\nI'm afraid I wasn't able to"
        " deliver your message to the following addresses.\nThis is a permanent error; I've given"
        " up. Sorry it didn't work out.\n\n<{to}>:\nSorry, I couldn't find any host named"
        " example.net. (#5.1.2)\n\n--- Below this line is a copy of the message.\n\n",
        True,
    ),
    (
        "qmail, too long in the queue",
        "MAILER-DAEMON@mail.example.org",
        "failure notice",
        "Hi. This is the qmail-send program at mail.example.org.\nI'm afraid I wasn't able to"
        " deliver your message to the following addresses.\nThis is a permanent error; I've given"
        " up. Sorry it didn't work out.\n\n<{to}>:\nSorry, I wasn't able to establish an SMTP"
        " connection. (#4.4.1)\nI'm not going to try again; this message has been in the queue too"
        " long.\n\n--- Below this line is a copy of the message.\n\n",
        False,
    ),
    (
        "exim, unrouteable",
        "Mail Delivery System <Mailer-Daemon@mail.example.org>",
        "Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\n\nA message that you"
        " sent could not be delivered to one or more of its\nrecipients. This is a permanent error."
        " The following address(es) failed:\n\n  {to}\n    Unrouteable address\n\n------ This is a"
        " copy of the message, including all the headers. ------\n\n",
        True,
    ),
    (
        "exim, warning",
        "Mail Delivery System <Mailer-Daemon@mail.example.org>",
        "Warning: message 1kXyZ0-0003Ab-7d delayed 24 hours",
        "This message was created automatically by mail delivery software.\nA message that you sent"
        " has not yet been delivered to one or more of its\nrecipients after more than 24 hours on"
        " the queue on mail.example.org.\n\nThe address to which the message has not yet been"
        " delivered is:\n\n  {to}\n\nNo action is required on your part.\n\n",
        False,
    ),
    (
        "exim, retry timeout",
        "Mail Delivery System <Mailer-Daemon@mail.example.org>",
        "Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\n\nA message that you"
        " sent could not be delivered to one or more of its\nrecipients. This is a permanent error."
        " The following address(es) failed:\n\n  {to}\n    host mx.example.net [203.0.113.5]\n   "
        " retry timeout exceeded\n\n------ This is a copy of the message, including all the"
        " headers. ------\n\n",
        False,
    ),
    (
        "sendmail without a report",
        "Mail Delivery Subsystem <MAILER-DAEMON@mail.example.org>",
        "Returned mail: see transcript for details",
        "The original message was received at Mon, 23 Nov 2026 09:00:00 +0200\nfrom"
        " mail.example.org [203.0.113.1]\n\n   ----- The following addresses had permanent fatal"
        " errors -----\n<{to}>\n    (reason: 550 5.1.1 <{to}>... User unknown)\n\n   -----"
        " Transcript of session follows -----\n... while talking to mx.example.net.:\n>>> DATA\n<<<"
        " 550 5.1.1 <{to}>... User unknown\n550 5.1.1 <{to}>... User unknown\n\n",
        True,
    ),
    (
        "exchange 2003",
        "System Administrator <postmaster@mail.example.net>",
        "Undeliverable: Kutsu",
        "Your message\n\n  To:      {to}\n  Subject: Kutsu\n  Sent:    23.11.2026 9:00\n\ndid not"
        " reach the following recipient(s):\n\n{to} on 23.11.2026 9:01\n    The e-mail account does"
        " not exist at the organization this message was sent to.  Check the e-mail address, or"
        " contact the recipient directly to find out the correct address.\n    <mail.example.net"
        " #5.1.1>\n\n",
        True,
    ),
    (
        "a filter",
        "postmaster@mail.example.net",
        "Undeliverable mail",
        "Your message to <{to}> was rejected by our content filter. It was not delivered.\n\n",
        False,
    ),
]

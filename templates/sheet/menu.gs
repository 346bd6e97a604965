/**
 * The menu Verkosto of a register in a Google Sheet.
 *
 * Each item does what a person could type: it writes a row of the tab of requests, sets the state of
 * the meeting whose row is chosen, or shows the tab of questions. It sends nothing, reads no address,
 * and asks for no right beyond this sheet. The program on the helper's computer does the rest.
 *
 * @OnlyCurrentDoc
 */

var WORDS = {
  fi: {
    requests: 'Pyynnöt', what: 'Tee', area: 'Alue', place: 'Minne', mail: 'sähköpostiini', tab: 'välilehdeksi',
    meetings: 'Tapaamiset', state: 'Tila', review: 'Tarkista',
    clean: 'siivoa nyt', areaList: 'aluelista', gaps: 'puuttuvat', labels: 'osoitetarrat',
    gather: 'kokoa kutsuttavat', preview: 'esikatselu',
    which: 'Mikä alue? Kunta tai maakunta.', asked: 'Pyyntö on rivillä {row}. Vastaus tulee samalle riville.',
    choose: 'Valitse ensin tapaamisen rivi välilehdeltä Tapaamiset.', missing: 'Välilehteä tai saraketta ei ole: ',
    toMail: 'Aluelista sähköpostiini…', toTab: 'Aluelista välilehdeksi…', show: 'Näytä Tarkista'
  },
  sv: {
    requests: 'Önskemål', what: 'Gör', area: 'Område', place: 'Vart', mail: 'till min e-post', tab: 'som en flik',
    meetings: 'Möten', state: 'Status', review: 'Granska',
    clean: 'städa nu', areaList: 'områdeslista', gaps: 'luckor', labels: 'adressetiketter',
    gather: 'samla dem som bjuds in', preview: 'förhandsvisa',
    which: 'Vilket område? En kommun eller ett landskap.', asked: 'Önskemålet står på rad {row}. Svaret kommer på samma rad.',
    choose: 'Välj först mötets rad på fliken Möten.', missing: 'En flik eller kolumn saknas: ',
    toMail: 'Områdeslista till min e-post…', toTab: 'Områdeslista som en flik…', show: 'Visa Granska'
  },
  en: {
    requests: 'Requests', what: 'Do', area: 'Area', place: 'Where to', mail: 'to my e-mail', tab: 'as a tab',
    meetings: 'Meetings', state: 'State', review: 'Review',
    clean: 'clean now', areaList: 'list of an area', gaps: 'what is missing', labels: 'address labels',
    gather: 'gather invitees', preview: 'preview',
    which: 'Which area? A municipality or a region.', asked: 'The request is in row {row}. The answer comes in the same row.',
    choose: 'Choose the row of a meeting on the tab Meetings first.', missing: 'A tab or a column is missing: ',
    toMail: 'List of an area to my e-mail…', toTab: 'List of an area as a tab…', show: 'Show Review'
  }
};

function onOpen() {
  var words = words_();
  SpreadsheetApp.getUi().createMenu('Verkosto')
    .addItem(words.show, 'showReview')
    .addSeparator()
    .addItem(words.clean, 'askClean')
    .addItem(words.toMail, 'askListByMail')
    .addItem(words.toTab, 'askListAsTab')
    .addItem(words.gaps + '…', 'askGaps')
    .addItem(words.labels + '…', 'askLabels')
    .addSeparator()
    .addItem(words.gather, 'gatherInvitees')
    .addItem(words.preview, 'previewLetters')
    .addToUi();
}

function askClean() { ask_('clean', null, null); }
function askListByMail() { askAbout_('areaList', 'mail'); }
function askListAsTab() { askAbout_('areaList', 'tab'); }
function askGaps() { askAbout_('gaps', 'mail'); }
function askLabels() { askAbout_('labels', 'mail'); }
function gatherInvitees() { setState_('gather'); }
function previewLetters() { setState_('preview'); }

function showReview() {
  var sheet = tab_('review');
  if (sheet) SpreadsheetApp.getActive().setActiveSheet(sheet);
}

/** Ask which area, then write the request; nothing where the person cancels. */
function askAbout_(what, place) {
  var ui = SpreadsheetApp.getUi();
  var answer = ui.prompt('Verkosto', words_().which, ui.ButtonSet.OK_CANCEL);
  if (answer.getSelectedButton() === ui.Button.OK) ask_(what, answer.getResponseText().trim(), place);
}

/** Write a row below the last request. The area is written as text, whatever it looks like. */
function ask_(what, area, place) {
  var words = words_();
  var sheet = tab_('requests');
  if (!sheet) return;
  var cells = [[words.what, words[what]]];
  if (area) cells.push([words.area, area]);
  if (place) cells.push([words.place, words[place]]);
  var places = cells.map(function (cell) { return column_(sheet, cell[0]); });
  if (places.indexOf(0) >= 0) return tell_(words.missing + words.requests);
  var lock = LockService.getDocumentLock();
  lock.waitLock(20000);
  try {
    var row = sheet.getLastRow() + 1;
    cells.forEach(function (cell, number) {
      sheet.getRange(row, places[number]).setNumberFormat('@').setValue(cell[1]);
    });
    SpreadsheetApp.flush();
  } finally {
    lock.releaseLock();
  }
  tell_(words.asked.replace('{row}', String(row)));
}

/** Set the state of the meeting whose row is chosen. */
function setState_(state) {
  var words = words_();
  var sheet = SpreadsheetApp.getActive().getActiveSheet();
  var row = sheet.getActiveCell().getRow();
  if (sheet.getName() !== words.meetings || row < 2) return tell_(words.choose);
  var column = column_(sheet, words.state);
  if (!column) return tell_(words.missing + words.state);
  sheet.getRange(row, column).setValue(words[state]);
}

/** The words of the language that this sheet's tabs have. */
function words_() {
  var active = SpreadsheetApp.getActive();
  var found = Object.keys(WORDS).filter(function (key) { return active.getSheetByName(WORDS[key].review); });
  return WORDS[found[0] || 'fi'];
}

function tab_(key) {
  var name = words_()[key];
  var sheet = SpreadsheetApp.getActive().getSheetByName(name);
  if (!sheet) tell_(words_().missing + name);
  return sheet;
}

/** The number of the column with this header; 0 where there is none. */
function column_(sheet, header) {
  var headers = sheet.getRange(1, 1, 1, sheet.getLastColumn()).getValues()[0];
  return headers.map(function (one) { return String(one).trim(); }).indexOf(header) + 1;
}

function tell_(text) {
  SpreadsheetApp.getActive().toast(text, 'Verkosto', 8);
}

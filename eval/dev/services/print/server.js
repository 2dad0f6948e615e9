state.jobs = [];
var DOCS = [['d-101', 'thesis_final.pdf', 86], ['d-102', 'resume_2026.pdf', 2], ['d-103', 'meeting_agenda.docx', 3], ['d-104', 'poster_lab.pdf', 1], ['d-105', 'rental_contract.pdf', 12], ['d-106', 'lecture_notes_week7.pdf', 24], ['d-107', '请假条.docx', 1]];
var ST = [['st-lib', 'Library ground floor', true, true], ['st-dorm', 'Dormitory 3 lobby', false, true], ['st-cafe', 'Canteen', true, false], ['st-lab', 'Lab building', true, true]];
function cost(a) {
  var d = DOCS.find(function (x) { return x[0] === a.doc_id; });
  if (!d) return null;
  var n = a.copies || 1, per = a.duplex ? Math.ceil(d[2] / 2) : d[2], rate = (a.color ? 1 : 0.2) * (a.paper === 'A3' ? 2 : 1);
  return { d: d, sheets: per * n, cost: Math.round(d[2] * n * rate * 100) / 100 };
}
tools.docs_find = function (a) {
  var q = String(a.name || '').toLowerCase().replace(/[ .]/g, '_');
  return { data: { docs: DOCS.filter(function (d) { return !q || d[1].toLowerCase().indexOf(q) >= 0 || q.split('_').some(function (w) { return w.length > 2 && d[1].toLowerCase().indexOf(w) >= 0; }); }).map(function (d) { return { doc_id: d[0], file: d[1], pages: d[2] }; }) } };
};
tools.stations = function () { return { data: { stations: ST.map(function (s) { return { station: s[0], place: s[1], color: s[2], online: s[3] }; }) } }; };
tools.price = function (a) { var c = cost(a); return c ? { data: { sheets: c.sheets, cost: c.cost } } : { error: 'no such document' }; };
tools.job_create = function (a) {
  var c = cost(a), s = ST.find(function (x) { return x[0] === a.station; });
  if (!c) return { error: 'no such document' };
  if (!s) return { error: 'no such station' };
  if (!s[3]) return { error: 'station is offline' };
  if (a.color && !s[2]) return { error: 'station prints black and white only' };
  var j = { job: 'j' + (1 + state.jobs.length), doc_id: a.doc_id, file: c.d[1], station: a.station, copies: a.copies || 1, color: !!a.color, duplex: !!a.duplex, paper: a.paper || 'A4', sheets: c.sheets, cost: c.cost, state: 'queued' };
  state.jobs.push(j);
  return { data: { job: j.job, file: j.file, sheets: j.sheets, cost: j.cost, state: j.state } };
};
tools.job_cancel = function (a) {
  var j = state.jobs.find(function (x) { return x.job === a.job; });
  if (!j) return { error: 'no such job' };
  j.state = 'cancelled';
  return { data: { job: j.job, state: j.state } };
};

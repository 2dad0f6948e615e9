state.lessons = [];
var TUTORS = [['t1', '李思远', 'math', 'male', 4.9, 220], ['t2', '王晓雯', 'math', 'female', 4.8, 200], ['t3', 'Emily Chen', 'english', 'female', 4.9, 260], ['t4', '赵刚', 'physics', 'male', 4.7, 240], ['t5', '孙悦', 'chemistry', 'female', 4.6, 230], ['t6', '林老师', 'chinese', 'female', 4.8, 180], ['t7', '何音', 'piano', 'female', 4.9, 300], ['t8', 'David Xu', 'english', 'male', 4.5, 220]];
var HOURS = ['16:00', '17:30', '19:00', '20:30'];
tools.search_tutors = function (a) { return { data: { tutors: TUTORS.filter(function (t) { return t[2] === a.subject && (!a.gender || t[3] === a.gender); }).map(function (t) { return { tutor_id: t[0], name: t[1], subject: t[2], gender: t[3], rating: t[4], fee_per_lesson: t[5] }; }) } }; };
tools.tutor_calendar = function (a) {
  if (!TUTORS.some(function (t) { return t[0] === a.tutor_id; })) return { error: '没有这位老师 / no such tutor' };
  var n = new Date(now() + 8 * 36e5).toISOString().slice(0, 16).replace('T', ' ');
  return { data: { lessons: HOURS.map(function (h) { return { lesson_id: a.tutor_id + '|' + a.date + '|' + h, start: a.date + ' ' + h }; }).filter(function (l) { return l.start > n; }) } };
};
tools.book_lesson = function (a) {
  var p = String(a.lesson_id).split('|'), t = TUTORS.find(function (x) { return x[0] === p[0]; });
  if (!t || HOURS.indexOf(p[2]) < 0) return { error: '课次不存在 / no such lesson' };
  var b = { booking_id: 'BM' + (state.lessons.length + 1), tutor_id: t[0], tutor: t[1], subject: t[2], date: p[1], time: p[2], start: p[1] + ' ' + p[2], grade: a.grade, mode: a.mode || 'online', topic: a.topic || '', fee: t[5], state: 'booked' };
  state.lessons.push(b);
  return { data: { booking_id: b.booking_id, tutor: b.tutor, start: b.start, fee: b.fee, state: b.state } };
};
tools.cancel_lesson = function (a) {
  var b = state.lessons.find(function (x) { return x.booking_id === a.booking_id; });
  if (!b) return { error: '没有这个预约 / no such booking' };
  b.state = 'cancelled';
  return { data: { booking_id: b.booking_id, state: b.state } };
};

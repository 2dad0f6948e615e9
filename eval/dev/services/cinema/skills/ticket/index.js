import { listMovies, listShows, getSeats, lockSeats, cancelTicket } from './apis/cinema';
const skill = my.modelContext.createSkill('skills/ticket');
const table = { listMovies, listShows, getSeats, lockSeats, cancelTicket };
Object.keys(table).forEach((name) => skill.registerAPI(name, table[name]));

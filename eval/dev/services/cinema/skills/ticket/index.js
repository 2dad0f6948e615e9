import { listMovies } from './apis/listMovies';
import { listShows } from './apis/listShows';
import { getSeats } from './apis/getSeats';
import { lockSeats } from './apis/lockSeats';
import { cancelTicket } from './apis/cancelTicket';

const skill = my.modelContext.createSkill('skills/ticket');
skill.registerAPI('listMovies', listMovies);
skill.registerAPI('listShows', listShows);
skill.registerAPI('getSeats', getSeats);
skill.registerAPI('lockSeats', lockSeats);
skill.registerAPI('cancelTicket', cancelTicket);

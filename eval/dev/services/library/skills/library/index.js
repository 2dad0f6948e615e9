import { searchBooks } from './apis/searchBooks';
import { reserveBook } from './apis/reserveBook';
import { cancelReserve } from './apis/cancelReserve';
import { myLoans } from './apis/myLoans';
import { renewLoan } from './apis/renewLoan';

const skill = my.modelContext.createSkill('skills/library');
skill.registerAPI('searchBooks', searchBooks);
skill.registerAPI('reserveBook', reserveBook);
skill.registerAPI('cancelReserve', cancelReserve);
skill.registerAPI('myLoans', myLoans);
skill.registerAPI('renewLoan', renewLoan);

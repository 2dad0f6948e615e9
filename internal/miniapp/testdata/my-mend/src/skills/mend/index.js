import { queryJobs } from './apis/queryJobs';
import { bookJob } from './apis/bookJob';

const skill = my.modelContext.createSkill('skills/mend');

skill.registerAPI('queryJobs', queryJobs);
skill.registerAPI('bookJob', bookJob);

import { ok } from '../utils/result';

const all = [
  { jobId: 'sole', title: '换底', cents: 3000 },
  { jobId: 'heel', title: '钉跟', cents: 1500 },
];

export async function queryJobs({ part } = {}) {
  const jobs = all.filter((j) => !part || j.jobId === part);
  return ok(`有 ${jobs.length} 个项目`, { jobs });
}

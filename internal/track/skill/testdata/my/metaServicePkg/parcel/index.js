import { quoteParcel } from './apis/quoteParcel';
import probe, * as all from './apis/probe.js';

const skill = my.modelContext.createSkill('metaServicePkg/parcel');
skill.registerAPI('quoteParcel', quoteParcel);
skill.registerAPI('probe', all.default === probe ? probe : undefined);

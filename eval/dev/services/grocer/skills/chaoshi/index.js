import { sousuo } from './apis/sousuo'
import { jiaGouwuche } from './apis/jiaGouwuche'
import { kanGouwuche } from './apis/kanGouwuche'
import { qingkong } from './apis/qingkong'
import { peisongShiduan } from './apis/peisongShiduan'
import { jiesuan } from './apis/jiesuan'
import { quxiaoDingdan } from './apis/quxiaoDingdan'

const skill = my.modelContext.createSkill('skills/chaoshi')
skill.registerAPI('sousuo', sousuo)
skill.registerAPI('jiaGouwuche', jiaGouwuche)
skill.registerAPI('kanGouwuche', kanGouwuche)
skill.registerAPI('qingkong', qingkong)
skill.registerAPI('peisongShiduan', peisongShiduan)
skill.registerAPI('jiesuan', jiesuan)
skill.registerAPI('quxiaoDingdan', quxiaoDingdan)

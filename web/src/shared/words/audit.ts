import { words, type Words } from '../i18n/dictionary';

/** What is done, and to what: a verb of the log is made of both. */
const NOUNS: Readonly<Record<string, Words>> = {
  account: words('账号', 'account'),
  application: words('申请', 'application'),
  'certificate-application': words('发证申请', 'application'),
  audit: words('审计日志', 'audit log'),
  bar: words('禁止情形', 'bar'),
  candidate: words('考生', 'candidate'),
  'card-case': words('证件办理', 'card case'),
  certificate: words('证件', 'certificate'),
  'certificate-batch': words('制证批次', 'card batch'),
  delegation: words('委托', 'delegation'),
  demo: words('演示数据', 'demonstration'),
  deployment: words('出动', 'deployment'),
  duty: words('上岗核验', 'duty check'),
  exam: words('考试', 'exam'),
  import: words('导入', 'import'),
  installation: words('安装', 'installation'),
  matter: words('执法事项', 'matter'),
  officer: words('人员', 'officer'),
  password: words('密码', 'password'),
  publication: words('公示', 'publication'),
  notice: words('通知', 'notice'),
  review: words('年度审验', 'annual review'),
  custody: words('证件保管', 'card custody'),
  calendar: words('工作日历', 'calendar'),
  photo: words('照片', 'photo'),
  power: words('职权', 'power'),
  session: words('登录', 'session'),
  setting: words('参数', 'setting'),
  'signing-key': words('签名密钥', 'signing key'),
  subject: words('执法主体', 'body'),
  'training-class': words('培训班', 'training class'),
  'training-plan': words('培训计划', 'training plan'),
  'annual-review': words('年度审验', 'annual review'),
};

const DOINGS: Readonly<Record<string, Words>> = {
  abolish: words('撤销', 'abolish'),
  allocate: words('分配', 'allocate'),
  approve: words('批准', 'approve'),
  attend: words('签到', 'attend'),
  cancel: words('取消', 'cancel'),
  change: words('修改', 'change'),
  'change-mapping': words('改列对应', 'change the mapping of'),
  check: words('核验', 'check'),
  close: words('结课', 'close'),
  commit: words('确认导入', 'commit'),
  complete: words('完成', 'complete'),
  confirm: words('确认', 'confirm'),
  create: words('新建', 'create'),
  decide: words('审核', 'decide'),
  disable: words('停用', 'disable'),
  'download-errors': words('下载失败行', 'download errors of'),
  'download-results-sheet': words('下载成绩表', 'download the results sheet of'),
  enable: words('启用', 'enable'),
  end: words('结束', 'end'),
  enrol: words('报名', 'enrol in'),
  fail: words('失败', 'fail'),
  grant: words('授予', 'grant'),
  init: words('初始化', 'initialise'),
  issue: words('发证', 'issue'),
  leave: words('离职', 'leave'),
  lift: words('解除暂扣', 'lift the suspension of'),
  load: words('装入', 'load'),
  'off-post': words('离岗', 'order off post'),
  open: words('开办', 'open'),
  print: words('打印', 'print'),
  propose: words('提议修改', 'propose a change of'),
  publish: words('公布', 'publish'),
  read: words('查看', 'read'),
  recall: words('召回', 'recall'),
  record: words('登记', 'record'),
  refuse: words('拒绝', 'refuse'),
  register: words('登记', 'register'),
  release: words('公布成绩', 'release'),
  replay: words('复核', 'replay'),
  report: words('报告', 'report'),
  'report-loss': words('挂失', 'report the loss of'),
  reset: words('重置', 'reset'),
  'reset-password': words('重置密码', 'reset the password of'),
  restore: words('恢复', 'restore'),
  resume: words('恢复', 'resume'),
  return: words('退回', 'return'),
  'back-on-post': words('返岗', 'return to post'),
  reveal: words('查看完整证件号', 'reveal the ID number of'),
  'reveal-id-number': words('查看完整身份证号', 'reveal the ID number of'),
  revert: words('撤销', 'revert'),
  revoke: words('吊销', 'revoke'),
  rotate: words('轮换', 'rotate'),
  'set-roles': words('授予角色', 'grant roles to'),
  sign: words('签署', 'sign'),
  start: words('开始', 'start'),
  stop: words('停止', 'stop'),
  submit: words('提交', 'submit'),
  supervise: words('监督', 'supervise'),
  suspend: words('暂扣', 'suspend'),
  transfer: words('调动', 'transfer'),
  unregister: words('撤销登记', 'unregister'),
  verify: words('校验', 'verify'),
  void: words('作废', 'void'),
  withdraw: words('撤回', 'withdraw'),
};

const WHOLE: Readonly<Record<string, Words>> = {
  'session.start': words('登录', 'sign in'),
  'session.end': words('退出', 'sign out'),
  'session.refuse': words('登录失败', 'failed sign-in'),
  'audit.verify': words('校验审计日志', 'verify the audit log'),
  'duty.check': words('上岗核验', 'duty check'),
  'deployment.start': words('出动开始', 'start a deployment'),
  'import.fail': words('导入失败', 'import failed'),
};

export const nounWord = (noun: string): Words => NOUNS[noun] ?? words(noun, noun);

/** «officer.transfer» → 人员调动 / transfer officer */
export function verbWord(verb: string): Words {
  const whole = WHOLE[verb];
  if (whole) return whole;
  const at = verb.indexOf('.');
  const noun = NOUNS[verb.slice(0, at)];
  const doing = DOINGS[verb.slice(at + 1)];
  return noun && doing ? words(`${noun.zh}：${doing.zh}`, `${doing.en} ${noun.en}`) : words(verb, verb);
}

export const KNOWN_NOUNS = Object.entries(NOUNS).filter(([key]) => !['demo', 'installation', 'duty'].includes(key));

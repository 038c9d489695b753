import type { AccountRefusal } from '../account.rules.js';
import { en, zh, type RefusalText } from './sentence.js';

const MLPS = '等级保护三级；BR-132';

/** Sentences of accounts and passwords: first what to do, then why. */
export const ACCOUNT_TEXTS: Readonly<Record<AccountRefusal, RefusalText>> = {
  ROLES_EXCLUDE_EACH_OTHER: {
    zh: zh`请分设账号：系统管理员、安全管理员、审计管理员互斥，也不得兼任业务角色（${'roles'}）。`,
    en: en`Use separate accounts: system, security and audit administrators hold no other role (${'roles'}).`,
    basis: '等级保护三级；BR-131',
  },
  OWN_ACCOUNT: {
    zh: zh`请由另一名管理员办理：不得管理自己的账号。`,
    en: en`Let another administrator do it: nobody administers his own account.`,
    basis: '等级保护三级；BR-131',
  },
  PASSWORD_WRONG: {
    zh: zh`请重新输入当前密码：当前密码不正确。`,
    en: en`Enter your present password again: it is not right.`,
    basis: MLPS,
  },
  PASSWORD_TOO_SHORT: {
    zh: zh`请使用更长的密码：至少 ${'minLength'} 个字符。`,
    en: en`Choose a longer password: at least ${'minLength'} characters.`,
    basis: MLPS,
  },
  PASSWORD_TOO_PLAIN: {
    zh: zh`请混用大小写字母、数字和其他字符中的至少 ${'classes'} 类：现有 ${'found'} 类。`,
    en: en`Use at least ${'classes'} of small letters, capital letters, digits and other characters: there are ${'found'}.`,
    basis: MLPS,
  },
  PASSWORD_HOLDS_USERNAME: {
    zh: zh`请更换密码：密码中不得包含用户名。`,
    en: en`Choose another password: it must not contain the user name.`,
    basis: MLPS,
  },
  PASSWORD_USED_BEFORE: {
    zh: zh`请更换密码：不得使用近期用过的密码。`,
    en: en`Choose another password: this one was used before.`,
    basis: MLPS,
  },
};

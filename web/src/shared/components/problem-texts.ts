import { dictionary } from '../i18n/dictionary';

/** What went wrong, what is safe, what to do: by the code of a problem, else by its status. */
export const problemTexts = dictionary(
  {
    retry: '重试',
    traceId: '追踪号',
    fields: '以下内容需要修改：',
    codes: {
      NETWORK: '连接不上服务器。如果刚才在提交，不能确定是否已经办成，请重试：同一操作重复提交不会办两次。',
      NOT_SIGNED_IN: '登录已经结束，请重新登录。',
      FORBIDDEN: '您的角色不能做这项操作。数据没有变动。',
      NOT_FOUND: '没有这条记录，或者不在您的管辖范围内。',
      VERSION_STALE: '这条记录在您打开之后被别人改过，您的修改还没有保存。请查看最新内容后再改。',
      DEPENDENCY_DOWN: '后台服务暂时不可用，没有作出任何决定，数据没有变动。请稍后重试。',
      TOO_MANY_REQUESTS: '操作太频繁，请稍候再试。',
      LOGIN_THROTTLED: '这个网络地址登录失败次数太多，请稍候再试。',
      PASSWORD_CHANGE_REQUIRED: '请先修改初始密码。',
      IDEMPOTENCY_IN_PROGRESS: '同一操作正在办理，请稍候查看结果。',
      TOO_LARGE: '内容超过允许的大小。',
      INPUT_MALFORMED: '提交的内容有误，没有保存。请检查后再试。',
      INTERNAL: '系统内部出错，与您的操作无关，没有保存任何内容。请把追踪号告诉管理员。',
      PAGE_ERROR: '页面出错，已提交的数据不受影响。请重新载入页面。',
    },
    byStatus: {
      invalid: '提交的内容有误，没有保存。请按提示修改。',
      conflict: '记录当前的状态不允许这项操作，数据没有变动。请刷新后查看最新状态。',
      refused: '规则不允许这项操作，数据没有变动。',
      server: '系统内部出错，没有保存任何内容。请稍后重试；若再次出现，请把追踪号告诉管理员。',
    },
  },
  {
    retry: 'Try again',
    traceId: 'Trace id',
    fields: 'Please correct:',
    codes: {
      NETWORK:
        'The server does not answer. If you were submitting, it is not certain whether it was done. Try again: the same command is never done twice.',
      NOT_SIGNED_IN: 'Your session ended. Please sign in again.',
      FORBIDDEN: 'Your role may not do this. Nothing was changed.',
      NOT_FOUND: 'There is no such record, or it is outside your scope.',
      VERSION_STALE:
        'Somebody changed this record since you opened it. Your change is not saved; look at the latest version first.',
      DEPENDENCY_DOWN: 'A service behind this one is down. Nothing was decided or changed. Try again soon.',
      TOO_MANY_REQUESTS: 'Too many requests. Wait a moment and try again.',
      LOGIN_THROTTLED: 'Too many failed sign-ins from this network address. Wait and try again.',
      PASSWORD_CHANGE_REQUIRED: 'Change your first password before anything else.',
      IDEMPOTENCY_IN_PROGRESS: 'The same command is being worked on. Look at its result in a moment.',
      TOO_LARGE: 'This is larger than allowed.',
      INPUT_MALFORMED: 'The input could not be read and nothing was saved. Check it and try again.',
      INTERNAL:
        'Something went wrong here, not with your request. Nothing was saved. Tell the administrator the trace id.',
      PAGE_ERROR: 'The page broke; what you submitted is safe. Reload the page.',
    },
    byStatus: {
      invalid: 'The input is not right and nothing was saved. Correct what is marked.',
      conflict: 'The present state of the record does not allow this. Nothing was changed. Refresh to see it.',
      refused: 'A rule does not allow this. Nothing was changed.',
      server:
        'Something went wrong here and nothing was saved. Try again; if it stays, tell the administrator the trace id.',
    },
  },
);

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, useState, type ReactNode } from 'react';
import { RouterProvider } from 'react-router/dom';
import { ApiProblem } from '../shared/api/problem';
import { ME_KEY } from '../shared/api/session';
import { useEnterInDates } from '../shared/hooks/use-enter-in-dates';
import { useMedia } from '../shared/hooks/use-phone';
import { usePreferences } from '../shared/lib/preferences';
import { nonce } from './csp';
import { createRouter } from './router';
import { themeOf } from './theme';

/** Reads are repeated when the server was not reached; what it refused stays refused. */
const isWorthAnotherTry = (count: number, error: unknown): boolean =>
  error instanceof ApiProblem && error.unreachable && count < 2;

function createQueries(): QueryClient {
  const ended = (error: unknown): void => {
    // The session is over (elsewhere, or by time): the shell sees it and asks for a new one.
    if (error instanceof ApiProblem && error.status === 401 && error.code !== 'LOGIN_FAILED') {
      if (client.getQueryData(ME_KEY) !== null) client.setQueryData(ME_KEY, null);
    }
    if (error instanceof ApiProblem && error.code === 'PASSWORD_CHANGE_REQUIRED') {
      void client.invalidateQueries({ queryKey: ME_KEY });
    }
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: ended }),
    mutationCache: new MutationCache({ onError: ended }),
    defaultOptions: { queries: { retry: isWorthAnotherTry, staleTime: 15_000, refetchOnWindowFocus: true } },
  });
  return client;
}

/** Everything around the pages: words, look, data, addresses. */
export function App(): ReactNode {
  const { language, largeType } = usePreferences();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const [queries] = useState(createQueries);
  const [router] = useState(createRouter);
  useEnterInDates();
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.classList.toggle('large-type', largeType);
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
  }, [language, largeType]);
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={themeOf(largeType, still)}
      {...(nonce === undefined ? {} : { csp: { nonce } })}
      button={{ autoInsertSpace: false }}
    >
      <AntApp className="app" message={{ maxCount: 3 }}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

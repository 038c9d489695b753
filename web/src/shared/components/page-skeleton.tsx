import { Button, Flex, Skeleton } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { dictionary, useTexts } from '../i18n/dictionary';

const texts = dictionary(
  { loading: '正在加载', still: '仍在加载，网络可能较慢。', retry: '重试' },
  { loading: 'Loading', still: 'Still loading; the network may be slow.', retry: 'Try again' },
);

/** True after this long: nothing is shown for a load that is over at once. */
export function useAfter(ms: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}

/** The place of a page that is being loaded: after 200 ms its outline, after 8 s a word and a button. */
export function PageSkeleton({ onRetry, rows = 8 }: { onRetry?: () => void; rows?: number }): ReactNode {
  const t = useTexts(texts);
  const visible = useAfter(200);
  const slow = useAfter(8000);
  if (!visible) return null;
  return (
    <div className="page-skeleton" role="status" aria-label={t.loading}>
      <Skeleton active title={{ width: 240 }} paragraph={{ rows }} />
      {slow && (
        <Flex gap="small" align="center">
          <span>{t.still}</span>
          <Button size="small" onClick={onRetry ?? (() => window.location.reload())}>
            {t.retry}
          </Button>
        </Flex>
      )}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Progress, QRCode } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { api, body } from '../../shared/api/client';
import { asProblem } from '../../shared/api/problem';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { ReasonsList } from '../../shared/components/reasons-list';
import { useTexts } from '../../shared/i18n/dictionary';
import { timeText } from '../../shared/lib/dates';
import { texts } from './texts';

const LIFE_SECONDS = 60;
/** Asked for a little before the old one is over, so that nobody scans a dead code. */
const AHEAD_SECONDS = 3;
/** A phone that was put down does not go on asking. */
const CODES_IN_A_ROW = 10;

/** The time of this device in milliseconds, each second anew. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** A signed code for the own screen with the ring of its 60 seconds; none for a card that may not be used, but the reasons. */
export function LiveCode({ certificateId }: { certificateId: string }): ReactNode {
  const t = useTexts(texts);
  const now = useNow();
  const [last, setLast] = useState(CODES_IN_A_ROW);
  const found = useQuery({
    queryKey: ['certificates', 'live-code', certificateId],
    queryFn: () => body(api.GET('/api/v1/certificates/{id}/live-code', { params: { path: { id: certificateId } } })),
    staleTime: 0,
    gcTime: 0,
    refetchInterval: ({ state }) => {
      if (state.error !== null || state.dataUpdateCount >= last) return false;
      return Math.max(5, (state.data?.secondsLeft ?? LIFE_SECONDS) - AHEAD_SECONDS) * 1_000;
    },
  });
  const again = (): void => {
    setLast((before) => before + CODES_IN_A_ROW);
    void found.refetch();
  };
  // A refusal takes the place of a code that was good a moment ago.
  if (found.error !== null) {
    const problem = asProblem(found.error);
    if (problem.code === 'CARD_NOT_USABLE')
      return (
        <Alert type="error" showIcon title={t.notUsable} description={<ReasonsList reasons={problem.reasons} />} />
      );
    if (problem.unreachable) return <ProblemAlert error={problem} title={t.offline} onRetry={again} />;
    return <ProblemAlert error={problem} onRetry={again} />;
  }
  if (!found.data) return <p role="status">{t.loading}</p>;
  // The server says how long it is good: the clock of the phone may be wrong.
  const left = Math.max(0, Math.ceil(found.data.secondsLeft - (now - found.dataUpdatedAt) / 1_000));
  const seconds = Math.min(LIFE_SECONDS, left);
  return (
    <Flex vertical align="center" gap="small" className="own-live">
      {seconds === 0 ? (
        <div className="own-code own-code-over" role="status">
          <strong>{t.over}</strong>
          <span>{t.paused}</span>
          <Button type="primary" size="large" loading={found.isFetching} onClick={again}>
            {t.again}
          </Button>
        </div>
      ) : (
        <>
          <div className="own-code" role="img" aria-label={t.qr}>
            <div aria-hidden="true">
              <QRCode value={found.data.url} type="svg" size={256} bordered={false} errorLevel="L" color="#000000" />
            </div>
          </div>
          <Flex align="center" gap="middle">
            <Progress
              type="circle"
              size={56}
              strokeWidth={10}
              percent={(seconds / LIFE_SECONDS) * 100}
              format={() => seconds}
              aria-label={t.live(seconds)}
            />
            <div>
              <div className="own-now" aria-label={t.now}>
                {timeText(now)}
              </div>
              <div className="hint">{t.live(seconds)}</div>
            </div>
          </Flex>
        </>
      )}
      <div className="own-strip" aria-hidden="true" />
      <p className="hint">{t.scan}</p>
      <p>
        <strong>{t.checked(found.data.checksToday)}</strong>
      </p>
    </Flex>
  );
}

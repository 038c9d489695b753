import { Alert, Flex } from 'antd';
import type { ReactNode } from 'react';
import { dictionary, useTexts } from '../i18n/dictionary';
import { ReasonsList, type ShownReason } from './reasons-list';

const texts = dictionary(
  {
    all: (done: number) => `${done} 人已办理`,
    some: (done: number, refused: number) => `${done} 人已办理，${refused} 人未通过`,
    none: (refused: number) => `${refused} 人均未通过，没有任何改动`,
  },
  {
    all: (done) => `Done for ${done}`,
    some: (done, refused) => `Done for ${done}, refused for ${refused}`,
    none: (refused) => `Refused for all ${refused}; nothing was changed`,
  },
);

export interface Outcome {
  readonly key: string;
  readonly name: string;
  readonly refused: boolean;
  readonly reasons: readonly ShownReason[];
}

/** The answer to a verb on many records: how many were done, and for each that was refused every reason. */
export function Outcomes({ of }: { of: readonly Outcome[] }): ReactNode {
  const t = useTexts(texts);
  const refused = of.filter((outcome) => outcome.refused);
  const done = of.length - refused.length;
  if (of.length === 0) return null;
  return (
    <div role="status" className="outcomes">
      <Alert
        type={refused.length === 0 ? 'success' : 'warning'}
        showIcon
        title={refused.length === 0 ? t.all(done) : done === 0 ? t.none(refused.length) : t.some(done, refused.length)}
        description={
          refused.length === 0 ? undefined : (
            <Flex vertical gap="small" className="outcomes-refused">
              {refused.map(({ key, name, reasons }) => (
                <div key={key}>
                  <strong>{name}</strong>
                  <ReasonsList reasons={reasons} />
                </div>
              ))}
            </Flex>
          )
        }
      />
    </div>
  );
}

import { DatePicker, Flex, Radio } from 'antd';
import dayjs from 'dayjs';
import { useState, type ReactNode } from 'react';
import { dictionary, useTexts } from '../i18n/dictionary';
import { instantOf } from '../lib/dates';

const texts = dictionary(
  { label: '生效时间', now: '立即生效', later: '指定日期', at: '当日零时（北京时间）起' },
  { label: 'Takes effect', now: 'At once', later: 'On a date', at: 'from 00:00 of that day (China time)' },
);

/**
 * When a change takes effect: at once (undefined) or from 00:00 +08:00 of a date. As a field of antd's Form it has `value` and
 * `onChange`; the value is what the server takes as `effectiveFrom`.
 */
export function EffectiveFrom({
  value,
  onChange,
  allowPast = false,
}: {
  value?: string | undefined;
  onChange?: (value: string | undefined) => void;
  allowPast?: boolean;
}): ReactNode {
  const t = useTexts(texts);
  const [later, setLater] = useState(value !== undefined);
  return (
    <Flex gap="small" align="center" wrap>
      <Radio.Group
        aria-label={t.label}
        value={later}
        onChange={(event) => {
          const chosen = event.target.value as boolean;
          setLater(chosen);
          onChange?.(undefined);
        }}
        options={[
          { value: false, label: t.now },
          { value: true, label: t.later },
        ]}
      />
      {later && (
        <>
          <DatePicker
            aria-label={t.label}
            value={value === undefined ? null : dayjs(value.slice(0, 10))}
            onChange={(date) => onChange?.(date ? instantOf(date.format('YYYY-MM-DD')) : undefined)}
            {...(allowPast ? {} : { minDate: dayjs() })}
          />
          <span className="hint">{t.at}</span>
        </>
      )}
    </Flex>
  );
}

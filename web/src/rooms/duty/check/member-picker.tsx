import { CloseOutlined, UserAddOutlined } from '@ant-design/icons';
import { Button, Flex, Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { api, body, type View } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { RemoteSelect } from '../../../shared/components/remote-select';
import { useTexts } from '../../../shared/i18n/dictionary';
import { texts } from '../texts';
import type { Person } from './question';

type Found = View<'FoundTextView'>;

/** Puts a team together: by typing, by pasting a list, by picking from the body. Names that mean several people are asked about. */
export function MemberPicker({
  subjectId,
  people,
  onChange,
}: {
  subjectId: string | undefined;
  people: readonly Person[];
  onChange: (people: readonly Person[]) => void;
}): ReactNode {
  const t = useTexts(texts);
  const id = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState<readonly Found[]>([]);
  const add = (more: readonly Person[], to = people): readonly Person[] => {
    const next = [...to, ...more.filter((person) => !to.some(({ officerId }) => officerId === person.officerId))];
    onChange(next);
    return next;
  };
  const find = useCommand({
    run: (typed: string) =>
      body(
        api.POST('/api/v1/duty/members/find', {
          body: { text: typed, ...(subjectId === undefined ? {} : { subjectId }) },
        }),
      ),
    done: ({ items }) => {
      const certain = items.flatMap(({ matches }) => (matches.length === 1 ? matches : []));
      add(certain.map(({ officerId, name }) => ({ officerId, name })));
      setOpen(items.filter(({ matches }) => matches.length !== 1));
      setText('');
    },
  });
  const settle = (found: Found): void => setOpen(open.filter((other) => other !== found));
  return (
    <>
      <div className="ask-field">
        <label htmlFor={`${id}-text`}>{t.paste}</label>
        <Input.TextArea
          id={`${id}-text`}
          value={text}
          autoSize={{ minRows: 2, maxRows: 8 }}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            // A single name goes with Enter; pasted lists keep their lines.
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || text.includes('\n')) return;
            event.preventDefault();
            if (text.trim() !== '') find.run(text);
          }}
        />
        <span id={`${id}-hint`} className="hint">
          {t.pasteHint}
        </span>
        <Flex gap="small" wrap>
          <Button
            icon={<UserAddOutlined />}
            disabled={text.trim() === ''}
            loading={find.busy}
            onClick={() => find.run(text)}
          >
            {t.add}
          </Button>
        </Flex>
      </div>
      <ProblemAlert error={find.problem} />
      {open.map((found) => (
        <div key={found.text} className={found.matches.length === 0 ? 'choice none' : 'choice'} role="status">
          {found.matches.length === 0 ? (
            <>
              <strong>
                {t.notFound}：{found.text}
              </strong>{' '}
              {t.notFoundHint}
            </>
          ) : (
            t.several(found.text, found.matches.length)
          )}
          <div className="choice-options">
            {found.matches.map((match) => (
              <Button
                key={match.officerId}
                onClick={() => {
                  add([{ officerId: match.officerId, name: match.name }]);
                  settle(found);
                }}
              >
                {`${match.name} · ${match.subjectName} · ${match.postTitle} · ${match.idNumber}`}
              </Button>
            ))}
            <Button type="text" onClick={() => settle(found)}>
              {t.drop}
            </Button>
          </div>
        </div>
      ))}
      <div className="ask-field">
        <label htmlFor={`${id}-pick`}>{t.pick}</label>
        <RemoteSelect
          key={subjectId ?? ''}
          id={`${id}-pick`}
          kind={`team-${subjectId ?? ''}`}
          value={undefined}
          disabled={subjectId === undefined}
          placeholder={subjectId === undefined ? t.chooseBodyFirst : t.pickHint}
          search={async (q, signal) => {
            const { items } = await body(
              api.GET('/api/v1/officers', {
                params: {
                  query: {
                    limit: 50,
                    ...(subjectId === undefined ? {} : { subjectId }),
                    ...(q === '' ? {} : { q }),
                  },
                },
                signal,
              }),
            );
            return items.map(({ id: value, name, postTitle }) => ({ value, label: name, hint: postTitle }));
          }}
          resolve={(value) => Promise.resolve({ value, label: value })}
          onChange={(officerId, option) => {
            if (officerId !== undefined) add([{ officerId, name: option?.label ?? officerId }]);
          }}
        />
      </div>
      <div className="ask-field">
        <Flex justify="space-between" align="center" gap="small">
          <span className="label" role="status">
            {`${t.members}：${t.memberCount(people.length)}`}
          </span>
          <Button type="link" size="small" disabled={people.length === 0} onClick={() => onChange([])}>
            {t.clear}
          </Button>
        </Flex>
        <ul className="people-chips">
          {people.map(({ officerId, name }) => (
            <li key={officerId}>
              <span>{name}</span>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t.remove(name)}
                onClick={() => onChange(people.filter((person) => person.officerId !== officerId))}
              />
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

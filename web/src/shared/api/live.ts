import { useEffect, useEffectEvent } from 'react';

/**
 * Events of the server as they come. Where the stream does not stand (a proxy that buffers, a browser that sleeps) `onPoll` is
 * called every `pollMs` instead, so that a page never waits for news that were lost.
 *
 * @param path null while there is nothing to listen to
 */
export function useLiveEvents(
  path: string | null,
  { onEvent, onPoll, pollMs = 5000, events = ['message'] }: LiveOptions,
): void {
  const heard = useEffectEvent((type: string, data: string) => onEvent(parsed(data), type));
  const poll = useEffectEvent(() => onPoll());
  const types = events.join(' ');
  useEffect(() => {
    if (path === null) return undefined;
    const source = new EventSource(path);
    let timer: ReturnType<typeof setInterval> | undefined;
    const stopPolling = (): void => {
      clearInterval(timer);
      timer = undefined;
    };
    const startPolling = (): void => {
      if (timer !== undefined) return;
      poll();
      timer = setInterval(() => poll(), pollMs);
    };
    source.onopen = stopPolling;
    source.onerror = startPolling;
    for (const type of types.split(' ')) {
      source.addEventListener(type, (event) => heard(type, (event as MessageEvent<string>).data));
    }
    return () => {
      stopPolling();
      source.close();
    };
  }, [path, pollMs, types]);
}

interface LiveOptions {
  /** @param data the event's JSON, or its text */
  readonly onEvent: (data: unknown, type: string) => void;
  readonly onPoll: () => void;
  readonly pollMs?: number;
  /** Names of the events; without names they are called 'message'. */
  readonly events?: readonly string[];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

import type { Redis } from 'ioredis';

/**
 * R21: a Redis that throws keys away under pressure, or forgets everything at a restart, is refused. Where CONFIG is not allowed
 * (managed services) the settings are taken on trust: the queue is only a doorbell.
 * @throws Error that names the switch
 */
export async function checkRedis(redis: Redis): Promise<void> {
  const ask = async (name: string): Promise<string | null> => {
    const answer = (await redis.config('GET', name).catch(() => [])) as string[];
    return answer[1] ?? null;
  };
  const faults: string[] = [];
  const policy = await ask('maxmemory-policy');
  if (policy !== null && policy !== 'noeviction') faults.push(`maxmemory-policy must be noeviction, not ${policy}`);
  const log = await ask('appendonly');
  if (log !== null && log !== 'yes') faults.push('appendonly must be yes');
  if (faults.length > 0) throw new Error(`Redis can't be used as it is set up:\n- ${faults.join('\n- ')}`);
}

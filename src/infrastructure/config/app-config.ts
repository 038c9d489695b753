import { plainToInstance, Transform } from 'class-transformer';
import {
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';

const toInt = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
const toFlag = ({ value }: { value: unknown }): unknown =>
  value === '1' || value === 'true' ? true : value === '0' || value === 'false' ? false : value;

/** Every environment variable that the application reads; .env.example documents them. */
export class AppConfig {
  @IsIn(['development', 'production', 'test'])
  NODE_ENV: 'development' | 'production' | 'test' = 'development';

  @Matches(/^(mysql|mariadb):\/\/.+\/.+/, {
    message: 'DATABASE_URL must look like mysql://user:password@host:port/database',
  })
  DATABASE_URL: string;

  /** The owner's account, used by migrate and seed only. */
  @IsOptional()
  @IsString()
  DATABASE_OWNER_URL?: string;

  @Matches(/^rediss?:\/\/.+/, { message: 'REDIS_URL must look like redis://host:port' })
  REDIS_URL: string;

  @IsString()
  HOST: string = '127.0.0.1';

  @Transform(toInt)
  @IsInt()
  @Min(0)
  @Max(65535)
  PORT: number = 3000;

  @IsString()
  @MinLength(1)
  DATA_DIR: string = '.data';

  /** JSON file with the keys: { encryption: { "1": base64 }, blindIndex: base64, publicCode: base64 }. */
  @IsString()
  @MinLength(1)
  KEY_FILE: string;

  @Transform(toFlag)
  @IsBoolean()
  DEMO: boolean = false;

  @IsOptional()
  @IsString()
  @MinLength(10)
  DEMO_PASSWORD?: string;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
  LOG_LEVEL: string = 'info';

  @Transform(toInt)
  @IsInt()
  @Min(2)
  @Max(200)
  DB_POOL: number = 20;

  /** Number of proxies in front whose X-Forwarded-For is believed. */
  @Transform(toInt)
  @IsInt()
  @Min(0)
  @Max(5)
  TRUSTED_PROXIES: number = 0;

  /** Prefix of the queues in Redis, so that tests and installations never meet. */
  @Matches(/^[a-z0-9_-]{1,40}$/)
  QUEUE_PREFIX: string = 'chizheng';

  /** Webhooks may go to addresses of private networks and of this machine: for installations whose receivers stand in the same network. */
  @Transform(toFlag)
  @IsBoolean()
  WEBHOOK_PRIVATE_ADDRESSES: boolean = false;

  /** Mail server, smtp://user:password@host:port or smtps://…; without it no mail is sent. */
  @IsOptional()
  @Matches(/^smtps?:\/\/.+/, { message: 'SMTP_URL must look like smtps://user:password@host:port' })
  SMTP_URL?: string;

  /** Sender of the mails. */
  @IsOptional()
  @IsEmail({}, { message: 'MAIL_FROM must be a mail address' })
  MAIL_FROM?: string;

  /** Where the public pages are reached from outside; stands in the QR codes. */
  @IsOptional()
  @IsString()
  PUBLIC_BASE_URL?: string;

  /** Further fonts of printed cards, divided by `;`, tried in this order for characters that the product's own font lacks. */
  @IsOptional()
  @IsString()
  CARD_FONTS?: string;
}

/**
 * Reads and checks the environment. The only reader of process.env in src.
 * @throws Error that names every wrong variable and never quotes a secret.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): AppConfig {
  const known = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const config = plainToInstance(AppConfig, known, { exposeDefaultValues: true });
  const errors = validateSync(config, { validationError: { target: false, value: false } });
  const faults = errors.flatMap((error) =>
    Object.values(error.constraints ?? {}).map((text) =>
      text.startsWith(error.property) ? text : `${error.property}: ${text}`,
    ),
  );
  if (config.NODE_ENV === 'production') faults.push(...unsafeInProduction(config));
  if (faults.length > 0) throw new Error(`The configuration can't be used:\n- ${faults.join('\n- ')}`);
  return config;
}

function unsafeInProduction(config: AppConfig): string[] {
  const faults: string[] = [];
  if (config.DEMO)
    faults.push('DEMO must be 0 with NODE_ENV=production: the demonstration accounts share one password');
  let url: URL;
  try {
    url = new URL(config.DATABASE_URL);
  } catch {
    return faults;
  }
  if (url.username === 'root')
    faults.push('DATABASE_URL: the application does not run as root; see docker/database/grants.sql');
  if (url.password === '') faults.push('DATABASE_URL: an account without a password is refused');
  return faults;
}

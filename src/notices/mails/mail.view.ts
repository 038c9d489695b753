import { ApiProperty } from '@nestjs/swagger';
import { MAIL_STATES } from './mails.dto.js';

export class MailAddressView {
  accountId: string;
  /** z***@example.org; null: none. */
  addressMasked: string | null;
}

export class MailStatusView {
  /** SMTP_URL and MAIL_FROM are set. */
  configured: boolean;
}

export class MailView {
  id: string;
  accountId: string;
  username: string;
  /** Lines of the inbox that it tells of. */
  notices: number;
  /** UNCERTAIN: the connection was lost, or the process died, while the server took it; it is not sent again by itself. */
  @ApiProperty({ enum: MAIL_STATES })
  state: string;
  attempts: number;
  lastError: string | null;
  createdAt: string;
  sentAt: string | null;
  /** resend */
  allowedVerbs: string[];
}

export class MailPage {
  @ApiProperty({ type: [MailView] })
  items: readonly MailView[];
  nextCursor: string | null;
}

import { Module } from '@nestjs/common';
import { ChangeMail } from './mails/change-mail.js';
import { MailsController } from './mails/mails.controller.js';
import { MailQueries } from './mails/mails.queries.js';
import { Postman } from './mails/postman.js';
import { SendMails } from './mails/send-mails.js';
import { WriteMails } from './mails/write-mails.js';
import { AnnualReviewClock } from './reminders/clocks/annual-reviews.queries.js';
import { ApplicationClock } from './reminders/clocks/applications.queries.js';
import { CardCaseClock } from './reminders/clocks/card-cases.queries.js';
import { CertificateExpiryClock } from './reminders/clocks/certificate-expiry.queries.js';
import { PublicationClock } from './reminders/clocks/publications.queries.js';
import { RaiseReminders } from './reminders/raise-reminders.js';
import { Recipients } from './reminders/recipients.queries.js';
import { RemindersController } from './reminders/reminders.controller.js';
import { ReminderQueries } from './reminders/reminders.queries.js';
import { ChangeWebhook } from './webhooks/change-webhook.js';
import { EventPlaces } from './webhooks/event-places.queries.js';
import { RegisterWebhook } from './webhooks/register-webhook.js';
import { ReplayDeliveries } from './webhooks/replay-deliveries.js';
import { SendDeliveries } from './webhooks/send-deliveries.js';
import { SpreadEvents } from './webhooks/spread-events.js';
import { WebhookClient } from './webhooks/webhook-client.js';
import { WebhookSecrets } from './webhooks/webhook-secrets.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';
import { WebhookQueries } from './webhooks/webhooks.queries.js';

/** Everything that is told: reminders into the inbox, mails, webhooks. It decides nothing. */
@Module({
  controllers: [RemindersController, WebhooksController, MailsController],
  providers: [
    AnnualReviewClock,
    ApplicationClock,
    CardCaseClock,
    CertificateExpiryClock,
    PublicationClock,
    RaiseReminders,
    Recipients,
    ReminderQueries,
    ChangeWebhook,
    EventPlaces,
    RegisterWebhook,
    ReplayDeliveries,
    SendDeliveries,
    SpreadEvents,
    WebhookClient,
    WebhookSecrets,
    WebhookQueries,
    ChangeMail,
    MailQueries,
    Postman,
    // First written, then sent.
    WriteMails,
    SendMails,
  ],
})
export class NoticesModule {}

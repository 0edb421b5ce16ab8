export { type Delivery, openWebhooks, type Webhooks, type WebhooksOptions } from './open-webhooks.ts';

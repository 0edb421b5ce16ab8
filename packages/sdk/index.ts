export type { AuthoredRequest } from '@refreel/core/authoring';
export type { Advice, Card, Request, State } from '@refreel/core/model';
export type { Account, AccountList, Accounts, CheckedAccount } from './accounts.ts';
export type * from './answers.ts';
export type { Assets, Upload, UploadOptions } from './assets.ts';
export type { Budget, BudgetOptions, BudgetPeriod, Budgets, NewBudget } from './budgets.ts';
export type { Download } from './download.ts';
export { RefreelError, type RefreelErrorKind } from './error.ts';
export type { FollowOptions } from './follow.ts';
export type { CreateOptions, GenerationFilter, Generations, Resolution, WaitOptions } from './generations.ts';
export type { Key, Keys, NewKey } from './keys.ts';
export { makeId } from './make-id.ts';
export type { PageOptions } from './pages.ts';
export type {
  NewProject,
  Project,
  ProjectSave,
  Projects,
  ProjectVersion,
  SavedBy,
  SaveOrigin,
  WithDocument,
} from './projects.ts';
export type { Bill, Receipt, ReceiptFilter, Receipts } from './receipts.ts';
export type { NewReference, ReferenceChange, References, SavedReference } from './references.ts';
export {
  type CheckOptions,
  type LookOptions,
  type ModelFilter,
  openRefreel,
  type Refreel,
  type RefreelOptions,
} from './refreel.ts';
export type { Identity, Sessions } from './session.ts';
export type { Fetch } from './transport.ts';
export type { Delivery, NewWebhook, Webhook, Webhooks } from './webhooks.ts';

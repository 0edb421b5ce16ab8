import { describe } from 'vitest';
import { accounts } from './accounts.suite.ts';
import { claims } from './claims.suite.ts';
import { eventsAndRepeats } from './events-and-repeats.suite.ts';
import { generations } from './generations.suite.ts';
import { keysAndAssets } from './keys-and-assets.suite.ts';
import { money } from './money.suite.ts';
import { owners } from './owners.suite.ts';
import { projects } from './projects.suite.ts';
import type { StoreUnderTest } from './samples.ts';
import { savedReferences } from './saved-references.suite.ts';
import { standIn } from './stand-in.suite.ts';
import { webhooks } from './webhooks.suite.ts';

/** What every database must do. */
export function storeSuite(store: StoreUnderTest): void {
  describe('keys and assets', () => keysAndAssets(store));
  describe('generations', () => generations(store));
  describe('claims', () => claims(store));
  describe('accounts', () => accounts(store));
  describe('events and repeated requests', () => eventsAndRepeats(store));
  describe('saved references', () => savedReferences(store));
  describe('projects', () => projects(store));
  describe('standing in for vendors', () => standIn(store));
  describe('webhooks', () => webhooks(store));
  describe('money', () => money(store));
  describe('owners', () => owners(store));
}

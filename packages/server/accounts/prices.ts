import { Condition, Currency, type PriceRule } from '@refreel/core/model';
import { z } from 'zod';

/** Units of the currency, exact to a millionth. */
const Amount = z
  .number()
  .min(0)
  .max(1_000_000)
  .refine((amount) => Math.abs(amount * 1e6 - Math.round(amount * 1e6)) < 1e-3, 'at most six decimals');

/** What a model costs at an account, where that is not what its card says: as a person writes it. */
export const AccountPrice = z
  .strictObject({
    currency: Currency,
    /** Of film. */
    perSecond: Amount.optional(),
    /** In place of one price: the first whose condition holds counts. */
    rates: z
      .array(z.strictObject({ when: Condition.optional(), perSecond: Amount }))
      .min(1)
      .max(100)
      .optional(),
    /** Charged also when the film is refused by moderation. Default: as the card says. */
    refusedIsCharged: z.boolean().optional(),
    /** Where the price stands: a contract, an invoice, a page. Shown in quotes. */
    source: z.string().trim().min(1).max(300),
    /** Of that. */
    date: z.iso.date(),
  })
  .refine(({ perSecond, rates }) => (perSecond === undefined) !== (rates === undefined), {
    path: ['perSecond'],
    message: 'exactly one of perSecond and rates must be given',
  });
export type AccountPrice = z.infer<typeof AccountPrice>;

/** The rule of an account's own price. How input video is counted stays as the card has it: that is how the model bills. */
export function priceRuleOf(price: AccountPrice, card: PriceRule | null): PriceRule {
  const { currency, perSecond, rates, source, date } = price;
  const refusedIsCharged = price.refusedIsCharged ?? card?.refusedIsCharged;
  const written = rates ?? [{ perSecond: perSecond! }];
  return {
    ...{ currency, source, date },
    rates: written.map(({ perSecond: amount, ...when }) => ({ ...when, micros: Math.round(amount * 1e6), source })),
    ...(refusedIsCharged !== undefined && { refusedIsCharged }),
    ...(card?.inputSeconds !== undefined && { inputSeconds: card.inputSeconds }),
  };
}

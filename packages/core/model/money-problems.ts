import { kind, type ProblemKind, type Texts } from './problem-kind.ts';

const caller = (status: number, en: Texts, zh: Texts) => kind(status, 'caller', false, en, zh);

/** What can stand against paying for something: quotes, budgets, bills. */
export const moneyProblems = {
  budget_exceeded: caller(
    402,
    [
      'This may cost {asked}, and {scope} ({limit} {period}) has {left} left.',
      'Ask for less{wait}, settle what is held (GET /v1/receipts?open=true), or have the budget {budget} raised (`refreel budgets set`).',
    ],
    [
      '本次最多需 {asked}，而{scope}（{period} {limit}）仅剩 {left}。',
      '请减少用量{wait}，或结清仍被占用的款项（GET /v1/receipts?open=true），或提高预算 {budget}（`refreel budgets set`）。',
    ],
  ),
  budget_currency: caller(
    402,
    [
      'This may cost {asked}, and {scope} is in {limit}: it has nothing in {found}.',
      'Set a budget in {found} too, or have the operator say a rate in REFREEL_RATES.',
    ],
    [
      '本次最多需 {asked}，而{scope}的币种为 {limit}，没有 {found}。',
      '请另设 {found} 预算，或由管理员在 REFREEL_RATES 中设置汇率。',
    ],
  ),
  budget_needs_price: caller(
    402,
    [
      'No document says what {model} costs, and {scope} is in force.',
      'Choose a model whose price is known, or have the budget removed (`refreel budgets remove`).',
      'Or set allowUnknownPrice: true: it takes nothing of the budget, and is counted in seconds.',
    ],
    [
      '{model} 的价格未见文档，而{scope}已生效。',
      '请选择价格已知的模型，或取消预算（`refreel budgets remove`）。',
      '也可设置 allowUnknownPrice: true：不占用预算，仅按秒数记录。',
    ],
  ),
  budget_unknown: caller(
    404,
    ['There is no budget "{found}".', '`refreel budgets list` lists those that there are.'],
    ['没有预算“{found}”。', '`refreel budgets list` 可列出全部预算。'],
  ),
  budget_of_administrator: caller(
    403,
    ['The administrator set the budget "{found}".', 'Ask the administrator; a budget of your own may stand beside it.'],
    ['预算“{found}”由管理员设置。', '请联系管理员；也可另设自己的预算。'],
  ),
  quote_unknown: caller(
    404,
    ['There is no quote "{found}".', 'Ask for one: POST /v1/quotes.'],
    ['没有报价“{found}”。', '请先获取报价：POST /v1/quotes。'],
  ),
  quote_expired: caller(
    409,
    ['The quote "{found}" held until {limit}.', 'Ask for a new one: POST /v1/quotes.'],
    ['报价“{found}”已于 {limit} 失效。', '请重新获取报价：POST /v1/quotes。'],
  ),
  quote_used: caller(
    409,
    ['The quote "{found}" was accepted by {id}.', 'A quote is accepted once: ask for a new one.'],
    ['报价“{found}”已被 {id} 使用。', '每个报价只能使用一次，请重新获取。'],
  ),
  quote_differs: caller(
    409,
    ['The quote "{found}" is of another request.', 'Send the request that was quoted, or ask for a quote of this one.'],
    ['报价“{found}”对应的是另一个请求。', '请发送报价时的请求，或为此请求重新获取报价。'],
  ),
  quote_raised: caller(
    409,
    [
      'The quote "{quote}" says at most {limit}; the price is {found}.',
      'Nothing was sent or paid. Ask for a new quote.',
    ],
    ['报价“{quote}”最多为 {limit}；现价为 {found}。', '未发送，也未付费。请重新获取报价。'],
  ),
  cap_passed: caller(
    402,
    [
      'It was to cost {limit} at most; there it costs {found}.',
      'Nothing was sent there. Send it again for that model or account.',
    ],
    ['原定最多 {limit}；在该处为 {found}。', '未发送至该处。如需使用该模型或账户，请重新提交。'],
  ),
  receipt_unknown: caller(
    404,
    ['There is no receipt of attempt {found} of "{id}".', 'GET /v1/receipts lists those that there are.'],
    ['“{id}”的第 {found} 次尝试没有收据。', 'GET /v1/receipts 可列出全部收据。'],
  ),
  receipt_open: caller(
    409,
    [
      'Attempt {found} of "{id}" is {state}: it has not ended.',
      'Its bill is known when it has. What is unconfirmed is resolved: POST /v1/generations/{id}/resolve.',
    ],
    [
      '“{id}”的第 {found} 次尝试当前为 {state}，尚未结束。',
      '结束后才能结算；unconfirmed 状态请用 POST /v1/generations/{id}/resolve 处理。',
    ],
  ),
  receipt_settled: caller(
    409,
    ['The bill of attempt {found} of "{id}" is settled: billed is {billed}.', 'A bill is settled once.'],
    ['“{id}”的第 {found} 次尝试已结算：billed 为 {billed}。', '账单只能结算一次。'],
  ),
  receipt_amount: caller(
    422,
    [
      '{path}: {limit} is held for this attempt, and no more can be settled.',
      'Give what was charged, in that currency.',
    ],
    ['{path}：该次尝试占用 {limit}，结算不能超过此数。', '请填写实际扣费金额，币种须一致。'],
  ),
} as const satisfies Record<string, ProblemKind>;

/** Where a vendor's own service is, which its name in the environment makes an account of. */
export interface Vendor {
  /** Of the default account, and of its dialect. */
  readonly id: string;
  readonly variable: string;
  readonly baseUrl: string;
  readonly region?: string;
}

/** The default accounts, in the order in which they are asked. */
export const vendors: readonly Vendor[] = [
  // "Servers", openapi of the Venice API, 2026-11-20.
  { id: 'venice', variable: 'VENICE_API_KEY', baseUrl: 'https://api.venice.ai/api/v1' },
  // "Sora 2 与 Kling 视频生成", base address, 2026-11-20.
  { id: 'qiniu', variable: 'QINIU_API_KEY', baseUrl: 'https://api.qnaigc.com/v1' },
  // "多主体参考生视频", request address, 2026-11-20. Paths below it are partly ours.
  { id: 'baicai', variable: 'BAICAI_API_KEY', baseUrl: 'https://cloud.baicaiinfer.com/v1' },
  // "万相-参考生视频", address of Beijing, 2026-11-20. Keys of other regions need an account of their own.
  {
    id: 'dashscope',
    variable: 'DASHSCOPE_API_KEY',
    baseUrl: 'https://dashscope.aliyuncs.com/api/v1',
    region: 'cn-beijing',
  },
  // "Kling v3 video generation", request address, 2026-11-20.
  { id: 'toapis', variable: 'TOAPIS_API_KEY', baseUrl: 'https://toapis.com/v1' },
];

/** Seconds between two looks at one generation, by dialect, where an account does not say it. */
export const usualLookSeconds: Readonly<Record<string, number>> = {
  // "Poll about every 15 seconds", the vendor's page of wan2.7, 2026-11-20.
  dashscope: 15,
  // The guide of Venice's queue has 5 seconds, 2026-08-22.
  venice: 5,
  // "Every 10 seconds", the vendor's page, 2026-11-20.
  toapis: 10,
  // Of one's own server: ours.
  vllm: 2,
  sglang: 2,
};

/** Of every other dialect: ours. Films take minutes. */
export const otherLookSeconds = 10;

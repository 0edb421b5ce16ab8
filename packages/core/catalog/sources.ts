/** A document that facts of the catalog come from. */
export interface Source {
  readonly title: string;
  /** Date of its edition; where it carries none, the day it was read. */
  readonly date: string;
  readonly url?: string;
}

/** Every document that a card names, and "ours" for what no document says. */
export const sources = {
  'venice-reference-guide': {
    title: 'Venice, guide "Reference to Video"',
    date: '2026-11-20',
    url: 'https://docs.venice.ai/guides/media/reference-to-video',
  },
  'venice-api-spec': {
    title: 'Venice, API specification 20260821.193530',
    date: '2026-08-21',
    url: 'https://github.com/veniceai/api-docs/blob/main/swagger.yaml',
  },
  'qiniu-video-api': {
    title: 'Qiniu AI inference, "Video generation (OpenAI compatible)"',
    date: '2026-11-20',
    url: 'https://developer.qiniu.com/aitokenapi/13169',
  },
  'qiniu-kling-api': {
    title: 'Qiniu AI inference, "Kling video generation"',
    date: '2025-12-23',
    url: 'https://developer.qiniu.com/aitokenapi/13217/video-generate-kling-api',
  },
  'baicai-video-api': {
    title: 'Baicai inference (LLaMA-Factory Online), "Multi-reference image to video"',
    date: '2026-11-20',
  },
  'pixverse-api': {
    title: 'PixVerse platform, image upload',
    date: '2026-11-20',
    url: 'https://docs.platform.pixverse.ai',
  },
  'wan-guide': {
    title: 'Alibaba Cloud Model Studio, guide "Wan: reference to video"',
    date: '2026-11-20',
  },
  'wan-newest-guide': {
    title:
      'Alibaba Cloud Model Studio, guide "Wan: reference to video", newest edition (after the snapshot of 2026-06-12)',
    date: '2026-11-20',
  },
  'wan-2.7-api': {
    title: 'Alibaba Cloud Model Studio, API reference "Wan 2.7 reference to video"',
    date: '2026-11-20',
    url: 'https://help.aliyun.com/zh/model-studio/wan-video-to-video-api-reference',
  },
  'wan-2.6-api': {
    title: 'Alibaba Cloud Model Studio, API reference "Wan 2.6 reference to video"',
    date: '2026-01-26',
    url: 'https://help.aliyun.com/zh/model-studio/legacy-wan-reference-to-video-api-reference',
  },
  'aliyun-pricing': {
    title: 'Alibaba Cloud Model Studio, "Model pricing"',
    date: '2026-11-20',
    url: 'https://help.aliyun.com/zh/model-studio/model-pricing',
  },
  'toapis-kling-v3': {
    title: 'ToAPIs, "Kling v3 video generation"',
    date: '2026-11-20',
    url: 'https://docs.toapis.com',
  },
  'toapis-upload': { title: 'ToAPIs, "Upload an image"', date: '2026-11-20', url: 'https://docs.toapis.com' },
  'toapis-status': { title: 'ToAPIs, "Video task status"', date: '2026-11-20', url: 'https://docs.toapis.com' },
  'vllm-omni-videos': {
    title: 'vLLM-Omni, "Videos API" (commit 0131cb55)',
    date: '2026-11-20',
    url: 'https://github.com/vllm-project/vllm-omni/blob/0131cb55/docs/serving/videos_api.md',
  },
  'vllm-omni-protocol': {
    title: 'vLLM-Omni, protocol/videos.py (commit 48e60262)',
    date: '2026-11-20',
    url: 'https://github.com/vllm-project/vllm-omni/blob/48e60262/vllm_omni/entrypoints/openai/protocol/videos.py',
  },
  'sglang-videos': {
    title: 'SGLang diffusion, openai/video_api.py (commit 00ae37c8)',
    date: '2026-11-20',
    url: 'https://github.com/sgl-project/sglang/blob/00ae37c8/python/sglang/multimodal_gen/runtime/entrypoints/openai/video_api.py',
  },
  'sglang-protocol': {
    title: 'SGLang diffusion, openai/protocol.py (commit 020befb6)',
    date: '2026-11-20',
    url: 'https://github.com/sgl-project/sglang/blob/020befb6/python/sglang/multimodal_gen/runtime/entrypoints/openai/protocol.py',
  },
  ours: { title: 'Refreel: no document says it', date: '2026-11-20' },
} as const satisfies Record<string, Source>;

export type SourceKey = keyof typeof sources;

/** The document behind a fact; undefined for a key of someone else's card. */
export function findSource(key: string): Source | undefined {
  return Object.hasOwn(sources, key) ? sources[key as SourceKey] : undefined;
}

import { type AnswerGolden, goldenView, jsonAnswer, nothingLearned } from '../../golden.ts';
import { noBody } from '../../message.ts';
import { reference26, reference27, tasksPage, uploadPage } from './sources.ts';

const film = {
  mode: undefined,
  fps: 30,
  audio: true,
  watermark: false,
  count: 1,
  attempts: 1,
};
const film720 = { ...film, width: 1280, height: 720, ratio: '16:9', tier: '720p' };
const echoOf = (prompt: string) => ({ prompt, multi: false, requestId: 'r' });
const request = { model: 'wan2.7-r2v', references: [], shots: [{ prompt: ['p'] }] };

const accepted: AnswerGolden<'create'> = {
  name: 'accepted',
  source: reference27,
  answer: jsonAnswer({
    output: { task_status: 'PENDING', task_id: '0385dc79-5ff8-4d82-bcb6-xxxxxx' },
    request_id: '4909100c-7b5a-9f92-bfe5-xxxxxx',
  }),
  requestId: '4909100c-7b5a-9f92-bfe5-xxxxxx',
  question: { does: 'create', request, echo: null, notes: [] },
  reply: goldenView({ id: '0385dc79-5ff8-4d82-bcb6-xxxxxx', model: 'wan2.7-r2v' }),
  learns: { ...nothingLearned, id: '0385dc79-5ff8-4d82-bcb6-xxxxxx', state: 'queued' },
};

const succeeded27: AnswerGolden<'look'> = {
  name: 'a film of 2.7',
  source: reference27,
  answer: jsonAnswer({
    request_id: '52cade0d-905e-9b7d-a01e-xxxxxx',
    output: {
      task_id: '18814247-f944-4102-aa4a-xxxxxx',
      task_status: 'SUCCEEDED',
      submit_time: '2026-04-02 22:53:19.537',
      scheduled_time: '2026-04-02 22:53:30.427',
      end_time: '2026-04-02 23:00:39.287',
      orig_prompt: '视频2抱着图片3在咖啡厅里弹奏一支舒缓的美式乡村民谣，视频1笑着看着视频2，并缓缓向他走去',
      video_url: 'https://dashscope-a717.oss-accelerate.aliyuncs.com/xxx.mp4?xxxx',
    },
    usage: {
      duration: 15,
      input_video_duration: 5,
      output_video_duration: 10,
      video_count: 1,
      SR: 720,
      ratio: '16:9',
    },
  }),
  requestId: '52cade0d-905e-9b7d-a01e-xxxxxx',
  question: { does: 'look', id: '18814247-f944-4102-aa4a-xxxxxx' },
  reply: goldenView({
    id: '18814247-f944-4102-aa4a-xxxxxx',
    model: 'wan2.7-r2v',
    state: 'done',
    echo: echoOf('视频2抱着图片3在咖啡厅里弹奏一支舒缓的美式乡村民谣，视频1笑着看着视频2，并缓缓向他走去'),
    createdAt: Date.UTC(2026, 3, 2, 14, 53, 19, 537),
    startedAt: Date.UTC(2026, 3, 2, 14, 53, 30, 427),
    finishedAt: Date.UTC(2026, 3, 2, 15, 0, 39, 287),
    film: { ...film720, seconds: 10, shotSeconds: [10] },
    films: [
      {
        index: 0,
        url: 'https://dashscope-a717.oss-accelerate.aliyuncs.com/xxx.mp4?xxxx',
        seconds: 10,
        width: 1280,
        height: 720,
        bytes: 1,
      },
    ],
    inputSeconds: 5,
  }),
  learns: {
    ...nothingLearned,
    id: '18814247-f944-4102-aa4a-xxxxxx',
    state: 'done',
    films: [{ url: 'https://dashscope-a717.oss-accelerate.aliyuncs.com/xxx.mp4?xxxx', seconds: 10 }],
    createdAt: Date.UTC(2026, 3, 2, 14, 53, 19, 537),
    startedAt: Date.UTC(2026, 3, 2, 14, 53, 30, 427),
    finishedAt: Date.UTC(2026, 3, 2, 15, 0, 39, 287),
    billedSeconds: 15,
  },
};

const succeeded26: AnswerGolden<'look'> = {
  name: 'a film of 2.6',
  source: reference26,
  answer: jsonAnswer({
    request_id: 'caa62a12-8841-41a6-8af2-xxxxxx',
    output: {
      task_id: 'eff1443c-ccab-4676-aad3-xxxxxx',
      task_status: 'SUCCEEDED',
      submit_time: '2025-12-16 00:25:59.869',
      scheduled_time: '2025-12-16 00:25:59.900',
      end_time: '2025-12-16 00:30:35.396',
      orig_prompt: 'character1在沙发上开心的看电影',
      video_url: 'https://dashscope-result-sh.oss-accelerate.aliyuncs.com/xxx.mp4?Expires=xxx',
    },
    usage: {
      duration: 10.0,
      size: '1280*720',
      input_video_duration: 5,
      output_video_duration: 5,
      video_count: 1,
      SR: 720,
    },
  }),
  requestId: 'caa62a12-8841-41a6-8af2-xxxxxx',
  question: { does: 'look', id: 'eff1443c-ccab-4676-aad3-xxxxxx' },
  reply: goldenView({
    id: 'eff1443c-ccab-4676-aad3-xxxxxx',
    model: 'wan2.6-r2v',
    state: 'done',
    echo: echoOf('character1在沙发上开心的看电影'),
    createdAt: Date.UTC(2025, 11, 15, 16, 25, 59, 869),
    startedAt: Date.UTC(2025, 11, 15, 16, 25, 59, 900),
    finishedAt: Date.UTC(2025, 11, 15, 16, 30, 35, 396),
    film: { ...film720, seconds: 5, shotSeconds: [5] },
    films: [
      {
        index: 0,
        url: 'https://dashscope-result-sh.oss-accelerate.aliyuncs.com/xxx.mp4?Expires=xxx',
        seconds: 5,
        width: 1280,
        height: 720,
        bytes: 1,
      },
    ],
    inputSeconds: 5,
  }),
  learns: {
    ...nothingLearned,
    id: 'eff1443c-ccab-4676-aad3-xxxxxx',
    state: 'done',
    films: [{ url: 'https://dashscope-result-sh.oss-accelerate.aliyuncs.com/xxx.mp4?Expires=xxx', seconds: 5 }],
    createdAt: Date.UTC(2025, 11, 15, 16, 25, 59, 869),
    startedAt: Date.UTC(2025, 11, 15, 16, 25, 59, 900),
    finishedAt: Date.UTC(2025, 11, 15, 16, 30, 35, 396),
    billedSeconds: 10,
  },
};

const failure = {
  code: 'vendor_refused',
  path: '',
  values: { found: 'The size is not match xxxxxx', vendorCode: 'InvalidParameter' },
} as const;

const failed: AnswerGolden<'look'> = {
  name: 'failed',
  source: reference27,
  answer: jsonAnswer({
    request_id: 'e5d70b02-ebd3-98ce-9fe8-759d7d7b107d',
    output: {
      task_id: '86ecf553-d340-4e21-af6e-a0c6a421c010',
      task_status: 'FAILED',
      code: 'InvalidParameter',
      message: 'The size is not match xxxxxx',
    },
  }),
  requestId: 'e5d70b02-ebd3-98ce-9fe8-759d7d7b107d',
  question: { does: 'look', id: '86ecf553-d340-4e21-af6e-a0c6a421c010' },
  reply: goldenView({
    id: '86ecf553-d340-4e21-af6e-a0c6a421c010',
    model: 'wan2.7-r2v',
    state: 'failed',
    problem: failure,
  }),
  learns: { ...nothingLearned, id: '86ecf553-d340-4e21-af6e-a0c6a421c010', state: 'failed', problem: failure },
};

const expired: AnswerGolden<'look'> = {
  name: 'unknown or expired',
  source: reference27,
  answer: jsonAnswer({
    request_id: 'a4de7c32-7057-9f82-8581-xxxxxx',
    output: { task_id: '502a00b1-19d9-4839-a82f-xxxxxx', task_status: 'UNKNOWN' },
  }),
  requestId: 'a4de7c32-7057-9f82-8581-xxxxxx',
  question: { does: 'look', id: '502a00b1-19d9-4839-a82f-xxxxxx' },
  reply: undefined,
  learns: undefined,
};

const listed: AnswerGolden<'list'> = {
  name: 'two tasks',
  source: tasksPage,
  region: 'cn-beijing',
  answer: jsonAnswer({
    total: 2,
    data: [
      {
        api_key_id: '15xxxx',
        caller_parent_id: 'xxxxxxxxx',
        caller_uid: 'xxxxxxxxx',
        gmt_create: 1745568428109,
        model_name: 'wanx2.1-kf2v-plus',
        region: 'cn-beijing',
        request_id: '1abfc3c8-dd25-98da-ad0b-xxxxxx',
        start_time: 1745568428138,
        status: 'RUNNING',
        task_id: '50e2ccea-abc4-43d7-a0dc-xxxxxx',
        user_api_unique_key: 'apikey:v1:aigc:image2video:video-synthesis:wanx2.1-kf2v-plus',
      },
      {
        api_key_id: '15xxxx',
        caller_parent_id: 'xxxxxxxxx',
        caller_uid: 'xxxxxxxxx',
        end_time: 1745568302481,
        gmt_create: 1745568293253,
        model_name: 'wanx2.1-t2i-turbo',
        region: 'cn-beijing',
        request_id: 'f6bf34d9-bf87-9e8b-9ed4-xxxxxx',
        start_time: 1745568293273,
        status: 'SUCCEEDED',
        task_id: '3c777dbc-8cc6-4d80-aa90-xxxxxx',
        user_api_unique_key: 'apikey:v1:aigc:text2image:image-synthesis:wanx2.1-t2i-turbo',
      },
    ],
    total_page: 1,
    page_no: 1,
    request_id: 'f6756b7e-d0bb-9b74-813a-xxxxxx',
    page_size: 10,
  }),
  requestId: 'f6756b7e-d0bb-9b74-813a-xxxxxx',
  question: {
    does: 'list',
    page: { number: 1, size: 10 },
    from: undefined,
    to: undefined,
    model: undefined,
    states: undefined,
    id: undefined,
    newestFirst: true,
  },
  reply: {
    generations: [
      goldenView({
        id: '50e2ccea-abc4-43d7-a0dc-xxxxxx',
        model: 'wanx2.1-kf2v-plus',
        state: 'running',
        echo: { prompt: '', multi: false, requestId: '1abfc3c8-dd25-98da-ad0b-xxxxxx' },
        createdAt: 1745568428109,
        startedAt: 1745568428138,
      }),
      goldenView({
        id: '3c777dbc-8cc6-4d80-aa90-xxxxxx',
        model: 'wanx2.1-t2i-turbo',
        state: 'done',
        echo: { prompt: '', multi: false, requestId: 'f6bf34d9-bf87-9e8b-9ed4-xxxxxx' },
        createdAt: 1745568293253,
        startedAt: 1745568293273,
        finishedAt: 1745568302481,
      }),
    ],
    total: 2,
    more: false,
  },
  learns: {
    generations: [
      {
        ...nothingLearned,
        id: '50e2ccea-abc4-43d7-a0dc-xxxxxx',
        state: 'running',
        model: 'wanx2.1-kf2v-plus',
        createdAt: 1745568428109,
        startedAt: 1745568428138,
      },
      {
        ...nothingLearned,
        id: '3c777dbc-8cc6-4d80-aa90-xxxxxx',
        state: 'done',
        model: 'wanx2.1-t2i-turbo',
        createdAt: 1745568293253,
        startedAt: 1745568293273,
        finishedAt: 1745568302481,
      },
    ],
    total: 2,
    more: false,
  },
  differs: Object.fromEntries(
    [0, 1].flatMap((index) => [
      [`data[${index}].api_key_id`, 'there is no such account here'],
      [`data[${index}].caller_parent_id`, 'there is no such account here'],
      [`data[${index}].caller_uid`, 'there is no such account here'],
      [`data[${index}].user_api_unique_key`, 'of reference to video; the example has other models'],
    ]),
  ),
};

const cancelled: AnswerGolden<'cancel'> = {
  name: 'taken back',
  source: tasksPage,
  answer: jsonAnswer({ request_id: '45ac7f13-xxxx-xxxx-xxxx-e03c35068d83' }),
  requestId: '45ac7f13-xxxx-xxxx-xxxx-e03c35068d83',
  question: { does: 'cancel', id: 'x', whileIn: [] },
  reply: 'cancelled',
  learns: 'cancelled',
};

const tooLate: AnswerGolden<'cancel'> = {
  name: 'too late to take back',
  source: tasksPage,
  answer: jsonAnswer(
    {
      code: 'UnsupportedOperation',
      message: 'Failed to cancel the task, please confirm if the task is in PENDING status.',
      request_id: 'r',
    },
    400,
  ),
  requestId: 'r',
  question: { does: 'cancel', id: 'x', whileIn: [] },
  reply: 'too-late',
  learns: 'too-late',
};

const permitFields = {
  OSSAccessKeyId: 'LTA...',
  Signature: 'eWy...=',
  policy: 'eyJl...1ZSJ=',
  'x-oss-object-acl': 'private',
  'x-oss-forbid-overwrite': 'true',
};

const permitted: AnswerGolden<'permit'> = {
  name: 'leave to upload',
  source: uploadPage,
  answer: jsonAnswer({
    request_id: '52f4383a-c67d-9f8c-xxxxxx',
    data: {
      policy: 'eyJl...1ZSJ=',
      signature: 'eWy...=',
      upload_dir: 'dashscope-instant/xxx/2024-07-18/xxx',
      upload_host: 'https://dashscope-file-xxx.oss-cn-beijing.aliyuncs.com',
      expire_in_seconds: 300,
      max_file_size_mb: 100,
      capacity_limit_mb: 999999999,
      oss_access_key_id: 'LTA...',
      x_oss_object_acl: 'private',
      x_oss_forbid_overwrite: 'true',
    },
  }),
  requestId: '52f4383a-c67d-9f8c-xxxxxx',
  question: { does: 'permit', model: 'qwen-vl-plus' },
  reply: {
    address: 'https://dashscope-file-xxx.oss-cn-beijing.aliyuncs.com',
    folder: 'dashscope-instant/xxx/2024-07-18/xxx',
    mostBytes: 104_857_600,
    seconds: 300,
    fields: permitFields,
  },
  learns: {
    address: 'https://dashscope-file-xxx.oss-cn-beijing.aliyuncs.com',
    folder: 'dashscope-instant/xxx/2024-07-18/xxx',
    mostBytes: 104_857_600,
    seconds: 300,
    fields: permitFields,
  },
};

const uploaded: AnswerGolden<'upload'> = {
  name: 'a file is there',
  source: uploadPage,
  answer: { status: 200, headers: {}, body: noBody },
  requestId: 'r',
  question: {
    does: 'upload',
    fileName: 'cat.png',
    mediaType: 'image/png',
    bytes: 'asset:cat',
    fields: { key: 'dashscope-instant/xxx/2024-07-18/xxxx/cat.png', success_action_status: '200' },
    address: undefined,
  },
  reply: { url: 'oss://dashscope-instant/xxx/2024-07-18/xxxx/cat.png', mediaType: 'image/png', bytes: 1 },
  learns: { url: 'oss://dashscope-instant/xxx/2024-07-18/xxxx/cat.png' },
};

/** Every documented answer. */
export const answers = [
  accepted,
  succeeded27,
  succeeded26,
  failed,
  expired,
  listed,
  cancelled,
  tooLate,
  permitted,
  uploaded,
] as const;

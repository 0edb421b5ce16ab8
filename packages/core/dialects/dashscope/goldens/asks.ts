import type { AskGolden } from '../../golden.ts';
import { type Ask, type Json, jsonBody, noBody } from '../../message.ts';
import { aiClient, guide, pythonClient, reference26, reference27, tasksPage, uploadPage } from './sources.ts';

const files = 'https://help-static-aliyun-doc.aliyuncs.com/file-manage-files/zh-CN';

const girl = {
  type: 'reference_image',
  url: `${files}/20260408/sjuytr/wan-r2v-object-girl.jpg`,
  reference_voice: `${files}/20260408/gbqewz/wan-r2v-girl-voice.mp3`,
};
const boy = {
  type: 'reference_video',
  url: `${files}/20260129/qigswt/wan-r2v-role2.mp4`,
  reference_voice: `${files}/20260408/isllrq/wan-r2v-boy-voice.mp3`,
};
const sunflower = { type: 'reference_image', url: `${files}/20260129/rtjeqf/wan-r2v-object3.png` };
const guitar = { type: 'reference_image', url: `${files}/20260129/qpzxps/wan-r2v-object4.png` };
const cafe = { type: 'reference_image', url: `${files}/20260129/wfjikw/wan-r2v-backgroud5.png` };

const storyboard =
  '参考图片，3D卡通冒险电影风，角色Q版但材质细腻，动作流畅，色彩鲜明，保持角色与森林场景一致，不要加入文字。氛围: 冒险、轻快、神秘、童趣。角色: 小男孩探险家：圆帽、背包、短斗篷。小伙伴：会飞的小机器人，圆形身体，蓝色发光眼。场景: 奇幻森林，巨大树根、蘑菇、藤蔓、藏宝洞口、阳光光束。分镜脚本: 1. 全景：奇幻森林里高大树木与光束交错，环境神秘明亮。 2. 中景：小男孩拨开藤蔓向前探路。 3. 中景：小机器人飞在他身边，用蓝光扫描前方。 4. 特写：一张旧藏宝图在男孩手里展开。 5. 近景：他露出兴奋表情，眼睛亮起来。 6. 动作镜头：两人跳过树根和小溪，继续深入森林。 7. 中景：藤蔓后方露出一个被苔藓覆盖的宝箱。 8. 特写：宝箱边缘闪出金色光芒。 9. 收束镜头：男孩和小机器人站在宝箱前惊喜对望，冒险感拉满。';

function create(body: Json, headers: Readonly<Record<string, string>> = {}): Ask {
  return {
    method: 'POST',
    path: '/services/aigc/video-generation/video-synthesis',
    query: {},
    headers: { 'x-dashscope-async': 'enable', 'content-type': 'application/json', ...headers },
    body: jsonBody(body),
  };
}

const usual = { resolution: '720P', ratio: '16:9', duration: 10, prompt_extend: false, watermark: true };
const tagOfOnly = { 'input.prompt': '参考图片 and 图1 are the same where there is only one picture' };
const multiLost = { 'parameters.shot_type': 'one prompt that may have several shots has no word in a request' };

/** Every documented request. */
export const asks: readonly AskGolden[] = [
  {
    name: 'several subjects with voices, in Chinese',
    source: guide,
    ask: create({
      model: 'wan2.7-r2v',
      input: {
        prompt:
          '视频1抱着图3，在图4的椅子上弹奏一支舒缓的乡村民谣，并说道：“今天的阳光真好。”图1手中拿着图2，路过视频1，把手中的图2放到视频1旁边的桌子上，并说道：“真好听，能不能再唱一遍”。 ',
        media: [girl, boy, sunflower, guitar, cafe],
      },
      parameters: usual,
    }),
    reads: {
      model: 'wan2.7-r2v',
      'references[0]': { kind: 'subject', id: 'r1', name: '图1', image: girl.url, voice: girl.reference_voice },
      'references[1]': {
        kind: 'video',
        id: 'r2',
        name: '视频1',
        video: boy.url,
        use: 'subject',
        voice: boy.reference_voice,
      },
      'references[2]': { kind: 'image', id: 'r3', name: '图2', image: sunflower.url },
      'references[4].name': '图4',
      'shots[0].seconds': 10,
      // 视频1 抱着 图3: the second reference, and the third picture, which is the fourth.
      'shots[0].prompt[0]': { mention: 'r2' },
      'shots[0].prompt[2]': { mention: 'r4' },
      tier: '720p',
      ratio: '16:9',
      watermark: true,
      expand: false,
      audio: undefined,
    },
  },
  {
    name: 'a storyboard grid',
    source: guide,
    ask: create({
      model: 'wan2.7-r2v',
      input: {
        prompt: storyboard,
        media: [{ type: 'reference_image', url: `${files}/20260403/wgjaxy/banana_storyboard_00000020.png` }],
      },
      parameters: usual,
    }),
    reads: { 'shots.length': 1, 'shots[0].prompt[0]': { mention: 'r1' }, 'references[0].name': '图1' },
    differs: tagOfOnly,
  },
  {
    name: 'a storyboard grid, without ratio',
    source: reference27,
    ask: create({
      model: 'wan2.7-r2v',
      input: {
        prompt: storyboard.replaceAll(': ', '： '),
        media: [{ type: 'reference_image', url: `${files}/20260403/wgjaxy/banana_storyboard_00000020.png` }],
      },
      parameters: { resolution: '720P', duration: 10, prompt_extend: false, watermark: true },
    }),
    reads: { ratio: undefined, tier: '720p' },
    differs: tagOfOnly,
  },
  {
    name: 'references and a first frame, which is not counted',
    source: guide,
    ask: create({
      model: 'wan2.7-r2v',
      input: {
        prompt:
          '俯拍在一个蓝色的星球上，镜头逐渐推进到星球上面给到图1特写，他拿着图2，一边吃着图2，一边说：“怎么没人找我来玩呀？” ',
        media: [
          { type: 'first_frame', url: `${files}/20260414/ixwovg/wan2.7-r2v-first-frame.webp` },
          { type: 'reference_image', url: `${files}/20260414/fkltfw/wan2.7-r2v-image-qq.webp` },
          { type: 'reference_image', url: `${files}/20260414/kxkbsv/wan2.7-r2v-image-ob.webp` },
        ],
      },
      parameters: { resolution: '720P', duration: 10, prompt_extend: false, watermark: true },
    }),
    reads: {
      startFrame: `${files}/20260414/ixwovg/wan2.7-r2v-first-frame.webp`,
      'references.length': 2,
      'references[0].image': `${files}/20260414/fkltfw/wan2.7-r2v-image-qq.webp`,
      'shots[0].prompt[1]': { mention: 'r1' },
    },
  },
  {
    name: 'the question about mentions, 2.7',
    source: guide,
    ask: create({
      model: 'wan2.7-r2v',
      input: {
        prompt: '视频1在弹吉他，图1手中拿着一束花，路过视频1',
        media: [
          { type: 'first_frame', url: 'https://example.com/scene.jpg' },
          { type: 'reference_video', url: 'https://example.com/girl.mp4' },
          { type: 'reference_image', url: 'https://example.com/boy.png' },
        ],
      },
    }),
    reads: {
      'shots[0].prompt[0]': { mention: 'r1' },
      'shots[0].prompt[2]': { mention: 'r2' },
      'shots[0].seconds': undefined,
    },
    differs: { parameters: 'always there, as the own client of the vendor sends it' },
    differsWithEcho: { parameters: 'always there, as the own client of the vendor sends it' },
  },
  {
    name: 'the question about mentions, 2.6',
    source: guide,
    ask: create({
      model: 'wan2.6-r2v',
      input: {
        prompt: "character2 坐在椅子上弹吉他，character1 走过来说：'听起来不错'",
        reference_urls: ['https://example.com/girl.mp4', 'https://example.com/boy.png'],
      },
    }),
    reads: {
      'references[0]': {
        kind: 'video',
        id: 'r1',
        name: 'character1',
        video: 'https://example.com/girl.mp4',
        use: 'subject',
      },
      'references[1].kind': 'image',
      'shots[0].prompt[0]': { mention: 'r2' },
    },
    differs: { parameters: 'always there, as the own client of the vendor sends it' },
    differsWithEcho: { parameters: 'always there, as the own client of the vendor sends it' },
  },
  {
    name: 'several characters, images and videos',
    source: reference26,
    ask: create({
      model: 'wan2.6-r2v-flash',
      input: {
        prompt:
          'Character2 坐在靠窗的椅子上，手持 character3，在 character4 旁演奏一首舒缓的美国乡村民谣。Character1 对Character2开口说道：“听起来不错”',
        reference_urls: [
          `${files}/20260129/hfugmr/wan-r2v-role1.mp4`,
          `${files}/20260129/qigswt/wan-r2v-role2.mp4`,
          `${files}/20260129/qpzxps/wan-r2v-object4.png`,
          `${files}/20260129/wfjikw/wan-r2v-backgroud5.png`,
        ],
      },
      parameters: { size: '1280*720', duration: 10, audio: true, shot_type: 'multi', watermark: true },
    }),
    reads: {
      size: { width: 1280, height: 720 },
      audio: true,
      'shots.length': 1,
      'shots[0].prompt[0]': { mention: 'r2' },
      'references[1].kind': 'video',
      'references[2].kind': 'image',
    },
    differs: { ...multiLost, 'input.prompt': 'tags are written small' },
  },
  {
    name: 'several characters, videos',
    source: reference26,
    ask: create({
      model: 'wan2.6-r2v',
      input: {
        prompt:
          'character1对character2说: “I’ll rely on you tomorrow morning!” character2 回答: “You can count on me!”',
        reference_urls: [
          `${files}/20251217/dlrrly/%E5%B0%8F%E5%A5%B3%E5%AD%A91%E8%8B%B1%E6%96%872.mp4`,
          `${files}/20251217/fkxknn/%E9%93%83%E9%93%83.mp4`,
        ],
      },
      parameters: { size: '1280*720', duration: 10, shot_type: 'multi' },
    }),
    reads: { 'shots[0].seconds': 10, audio: undefined },
    differs: multiLost,
  },
  {
    name: 'one character',
    source: reference26,
    ask: create({
      model: 'wan2.6-r2v',
      input: {
        prompt: 'character1一边喝奶茶，一边随着音乐即兴跳舞。',
        reference_urls: ['https://cdn.wanx.aliyuncs.com/static/demo-wan26/vace.mp4'],
      },
      parameters: { size: '1280*720', duration: 5, shot_type: 'multi' },
    }),
    reads: { 'shots[0].prompt[0]': { mention: 'r1' }, 'shots[0].seconds': 5 },
    differs: multiLost,
  },
  {
    name: 'without sound',
    source: reference26,
    ask: create({
      model: 'wan2.6-r2v-flash',
      input: {
        prompt: 'character1一边喝奶茶，一边随着音乐即兴跳舞。',
        reference_urls: ['https://cdn.wanx.aliyuncs.com/static/demo-wan26/vace.mp4'],
      },
      parameters: { size: '1280*720', duration: 5, audio: false, shot_type: 'multi' },
    }),
    reads: { audio: false },
    differs: multiLost,
  },
  {
    name: 'as the Python client sends it',
    source: pythonClient,
    ask: create(
      {
        model: 'wan2.7-r2v',
        parameters: { duration: 10, prompt_extend: false, watermark: true, resolution: '720P', ratio: '16:9' },
        input: {
          prompt: 'p',
          extend_prompt: true,
          function: 'video-synthesis',
          media: [{ type: 'reference_image', url: 'https://e/a.jpg', reference_voice: 'https://e/v.mp3' }],
        },
      },
      { accept: 'application/json; charset=utf-8', 'content-type': 'application/json; charset=utf-8' },
    ),
    reads: { 'references[0].kind': 'subject', 'references[0].name': 'Image1', 'shots[0].prompt': ['p'] },
    notes: ['input.extend_prompt', 'input.function'],
    differs: {
      'input.extend_prompt': 'of no use at the vendor',
      'input.function': 'of no use at the vendor',
      'header accept': 'sent by the client alone',
      'header content-type': 'without a charset, which JSON does not have',
    },
    differsWithEcho: {
      'input.extend_prompt': 'of no use at the vendor',
      'input.function': 'of no use at the vendor',
      'header accept': 'sent by the client alone',
      'header content-type': 'without a charset, which JSON does not have',
    },
  },
  {
    name: 'as the Python client sends what it does not know, with a file of its own upload',
    source: pythonClient,
    ask: create(
      {
        model: 'wan2.6-r2v-flash',
        parameters: { audio: false, something: 1 },
        input: {
          prompt: 'character1 waves',
          extend_prompt: true,
          function: 'video-synthesis',
          reference_urls: ['oss://dashscope-instant/0/2026-07-02/1/a.png'],
        },
      },
      { 'x-dashscope-ossresourceresolve': 'enable' },
    ),
    reads: { audio: false, 'references[0].image': 'oss://dashscope-instant/0/2026-07-02/1/a.png' },
    notes: ['parameters.something', 'input.extend_prompt', 'input.function'],
    differs: {
      'parameters.something': 'of no use at the vendor',
      'input.extend_prompt': 'of no use at the vendor',
      'input.function': 'of no use at the vendor',
    },
    differsWithEcho: {
      'parameters.something': 'of no use at the vendor',
      'input.extend_prompt': 'of no use at the vendor',
      'input.function': 'of no use at the vendor',
    },
  },
  {
    name: 'as @ai-sdk/alibaba sends 2.7: bytes as a data URI, the first frame last',
    source: aiClient,
    region: 'ap-southeast-1',
    ask: create({
      model: 'wan2.7-r2v',
      input: {
        prompt: 'Video 1 walks towards Image 1.',
        media: [
          { type: 'reference_video', url: 'https://example.com/girl.mp4' },
          { type: 'reference_image', url: 'data:image/png;base64,iVBORw0KGgo=' },
          { type: 'first_frame', url: 'data:image/png;base64,iVBORw0KGgo=' },
        ],
      },
      parameters: { duration: 5, seed: 7, resolution: '1080P', ratio: '9:16' },
    }),
    reads: {
      startFrame: 'data:image/png;base64,iVBORw0KGgo=',
      'references[0].name': 'Video1',
      'shots[0].prompt[0]': { mention: 'r1' },
      seed: 7,
    },
    differs: { 'input.media': 'the first frame goes first, as the guide has it' },
    differsWithEcho: { 'input.media': 'the first frame goes first, as the guide has it' },
  },
  {
    name: 'as @ai-sdk/alibaba sends 2.6',
    source: aiClient,
    region: 'ap-southeast-1',
    ask: create({
      model: 'wan2.6-r2v',
      input: {
        prompt: 'character1 dances',
        negative_prompt: 'blurry',
        reference_urls: ['https://example.com/girl.mp4'],
      },
      parameters: { size: '1088*832', shot_type: 'single', prompt_extend: true },
    }),
    reads: { negativePrompt: 'blurry', expand: true, size: { width: 1088, height: 832 } },
    differs: { 'parameters.shot_type': 'the default is not said' },
    differsWithEcho: { 'parameters.shot_type': 'the default is not said' },
  },
  {
    name: 'one task',
    source: tasksPage,
    ask: { method: 'GET', path: '/tasks/73205176-xxxx-xxxx-xxxx-16bd5d902219', query: {}, headers: {}, body: noBody },
    reads: { does: 'look', id: '73205176-xxxx-xxxx-xxxx-16bd5d902219' },
  },
  {
    name: 'one task, as the asyncio flavour of the Python client asks',
    source: pythonClient,
    ask: { method: 'GET', path: '/tasks/73205176-xxxx-xxxx-xxxx-16bd5d902219/', query: {}, headers: {}, body: noBody },
    reads: { does: 'look', id: '73205176-xxxx-xxxx-xxxx-16bd5d902219' },
    differs: { path: 'a slash at the end means nothing' },
  },
  {
    name: 'tasks that wait, as the Python client asks',
    source: pythonClient,
    ask: {
      method: 'GET',
      path: '/tasks',
      query: { page_no: '1', page_size: '10', status: 'PENDING' },
      headers: {},
      body: noBody,
    },
    reads: { does: 'list', page: { number: 1, size: 10 }, states: ['preparing', 'queued'], newestFirst: true },
    differs: {
      'query start_time': 'the default of 24 hours is said',
      'query end_time': 'the default of 24 hours is said',
    },
  },
  {
    name: 'tasks of a span of time',
    source: tasksPage,
    ask: {
      method: 'GET',
      path: '/tasks/',
      query: { start_time: '20230420193058', end_time: '20230421193058', status: 'SUCCEEDED' },
      headers: {},
      body: noBody,
    },
    reads: { does: 'list', from: Date.UTC(2023, 3, 20, 11, 30, 58), to: Date.UTC(2023, 3, 21, 11, 30, 58) },
    differs: {
      path: 'a slash at the end means nothing',
      'query page_no': 'the default is said',
      'query page_size': 'the default is said',
    },
  },
  {
    name: 'a task taken back',
    source: tasksPage,
    ask: {
      method: 'POST',
      path: '/tasks/73205176-xxxx-xxxx-xxxx-16bd5d902219/cancel',
      query: {},
      headers: {},
      body: noBody,
    },
    reads: { does: 'cancel', id: '73205176-xxxx-xxxx-xxxx-16bd5d902219', whileIn: ['preparing', 'queued'] },
  },
  {
    name: 'a task taken back, as the asyncio flavour of the Python client asks',
    source: pythonClient,
    ask: {
      method: 'POST',
      path: '/tasks/73205176-xxxx-xxxx-xxxx-16bd5d902219/cancel/',
      query: {},
      headers: { 'content-type': 'application/json' },
      body: jsonBody({ model: '', parameters: {}, input: '' }),
    },
    reads: { does: 'cancel', id: '73205176-xxxx-xxxx-xxxx-16bd5d902219' },
    differs: {
      path: 'a slash at the end means nothing',
      'header content-type': 'there is no body',
      '': 'the vendor wants no body',
    },
  },
  {
    name: 'leave to upload',
    source: uploadPage,
    ask: {
      method: 'GET',
      path: '/uploads',
      query: { action: 'getPolicy', model: 'wan2.7-r2v' },
      headers: { 'content-type': 'application/json' },
      body: noBody,
    },
    reads: { does: 'permit', model: 'wan2.7-r2v' },
    differs: { 'header content-type': 'there is no body' },
  },
  {
    name: 'a file',
    source: uploadPage,
    ask: {
      method: 'POST',
      path: '/uploads',
      query: {},
      headers: {},
      body: {
        kind: 'form',
        parts: [
          { name: 'OSSAccessKeyId', value: 'LTAm5xxx' },
          { name: 'Signature', value: 'Sm/tv7DcZuTZftFVvt5yOoSETsc=' },
          { name: 'policy', value: 'eyJleHBpcmF0aW9 ... ... ... dHJ1ZSJ9XX0=' },
          { name: 'key', value: 'dashscope-instant/xxx/2024-07-18/xxx/cat.png' },
          { name: 'x-oss-object-acl', value: 'private' },
          { name: 'x-oss-forbid-overwrite', value: 'true' },
          { name: 'success_action_status', value: '200' },
          { name: 'file', fileName: 'cat.png', mediaType: 'image/png', bytes: 'asset:cat' },
        ],
      },
    },
    reads: {
      does: 'upload',
      fileName: 'cat.png',
      mediaType: 'image/png',
      bytes: 'asset:cat',
      'fields.key': 'dashscope-instant/xxx/2024-07-18/xxx/cat.png',
    },
  },
];

import { problem, Refusal, stateTable } from '@refreel/core/model';
import { storeStills } from '../../generations/stills.ts';
import { cutOf } from '../cut.ts';
import type { Deeds, DialectCall } from './call.ts';
import { tell } from './call.ts';
import { findShown, isStorable, secondsLeft, viewOf } from './view.ts';

/** What asks for generations that are there. */
export const look: Pick<Deeds, 'look' | 'list' | 'cancel' | 'delete' | 'content'> = {
  async look(call) {
    const { id, model, thenDelete } = call.question;
    const generation = await findShown(call, id, model);
    if (generation === undefined) return await tell(call, undefined);
    const { view, contents } = await viewOf(call, generation);
    const answer = await tell(call, view, { generation, contents });
    // What is being sent is open already, and is sent to its end.
    if (thenDelete === true && generation.state === 'done' && answer.status === 200 && cutOf(answer) === undefined)
      await call.parts.generations.remove(call.caller, generation.id);
    return answer;
  },

  async list(call) {
    const { page, from, to, model, states, id, newestFirst } = call.question;
    const { parts, caller, dialect, context, clock } = call;
    const after = 'number' in page ? undefined : page.after;
    const none = { items: [], total: 0, more: false };
    const named = [id, model, after].every((text) => text === undefined || isStorable(text));
    if (after !== undefined && (!named || (await findShown(call, after)) === undefined))
      throw new Refusal(problem('generation_unknown', 'after', { found: after.slice(0, 100) }));
    const browsed = !named
      ? none
      : await parts.generations.browse(caller, {
          dialect: dialect.id,
          region: context.region,
          publicId: id,
          model,
          states,
          from: from === undefined ? undefined : new Date(clock.real(from)),
          to: to === undefined ? undefined : new Date(clock.real(to)),
          after,
          skip: 'number' in page ? (page.number - 1) * page.size : 0,
          limit: page.size,
          oldestFirst: !newestFirst,
        });
    const views = await Promise.all(browsed.items.map((one) => viewOf(call, one)));
    // Expired ones are left out of the page; the vendor's own count is not exact either while time passes.
    const generations = views.map(({ view }) => view).filter((view) => !isExpired(call, view.expiresAt));
    return await tell(call, {
      generations,
      total: browsed.total - (views.length - generations.length),
      more: browsed.more,
    });
  },

  async cancel(call) {
    const { id, whileIn } = call.question;
    const { parts, caller } = call;
    const generation = await findShown(call, id);
    if (generation === undefined) return await tell(call, undefined);
    if (!whileIn.includes(generation.state)) return await tell(call, 'too-late', { generation });
    const cancelled = await parts.generations.cancel(caller, generation.id);
    return await tell(call, cancelled?.changed === true ? 'cancelled' : 'too-late', { generation });
  },

  async delete(call) {
    const { id, model } = call.question;
    const generation = await findShown(call, id, model);
    if (generation === undefined) return await tell(call, undefined);
    const removed = await call.parts.generations.remove(call.caller, generation.id);
    // A child that draws ends within moments; one that does not is asked to come again for.
    if (removed === 'unfinished') throw new Refusal(problem('server_stopping', ''));
    return await tell(call, removed ? 'deleted' : undefined, { generation });
  },

  async content(call) {
    const { id, variant } = call.question;
    const generation = await findShown(call, id);
    if (generation === undefined) return await tell(call, undefined);
    const { view, contents } = await viewOf(call, generation);
    const [film] = view.films;
    if (film === undefined) {
      const values = { id, state: generation.state, found: 0, limit: 0 };
      throw new Refusal(
        stateTable[generation.state].terminal && view.problem !== undefined
          ? view.problem
          : problem('film_unknown', 'id', values),
      );
    }
    if (variant !== 'video') {
      const stored = await storeStills(call.parts.files, generation.films[0]!, variant);
      const values = { id, state: generation.state, found: variant, limit: ['video'] };
      if (stored === undefined) throw new Refusal(problem('film_unknown', 'variant', values));
      const handle = `still:${stored.sha256}`;
      const mediaType = 'image/webp';
      const left = secondsLeft(generation, call.clock);
      const still = { ...stored, mediaType, fileName: `${variant}.webp`, secondsLeft: left };
      return await tell(call, { bytes: handle, mediaType }, { generation, contents: new Map([[handle, still]]) });
    }
    return await tell(call, { bytes: film.handle!, mediaType: 'video/mp4' }, { generation, contents });
  },
};

function isExpired({ clock }: Pick<DialectCall, 'clock'>, expiresAt: number | undefined): boolean {
  return expiresAt !== undefined && clock.now >= expiresAt;
}

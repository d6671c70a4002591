import { afterEach, describe, expect, it, vi } from 'vitest';
import { puttingBack } from '../../../src/live/undo.ts';

afterEach(() => vi.restoreAllMocks());

describe('putting back', () => {
  it('undoes the last deed first, and gives what the work gave', async () => {
    const done: string[] = [];
    const { value, left } = await puttingBack(async (undo) => {
      undo('first', async () => done.push('first'));
      undo('second', async () => done.push('second'));
      return 7;
    });
    expect([value, left, done]).toEqual([7, [], ['second', 'first']]);
  });

  it('undoes a half-done work, and says that it did', async () => {
    const done: string[] = [];
    const work = puttingBack(async (undo) => {
      undo('first', async () => done.push('first'));
      throw new Error('disk full');
    });
    await expect(work).rejects.toThrow('disk full; everything was put back');
    expect(done).toEqual(['first']);
  });

  it('goes on past a step that fails, and names it', async () => {
    const done: string[] = [];
    const { left } = await puttingBack(async (undo) => {
      undo('first', async () => done.push('first'));
      undo('start db (docker start db)', () => Promise.reject(new Error('no such image')));
    });
    expect(left).toEqual(['NOT PUT BACK: start db (docker start db): no such image']);
    expect(done).toEqual(['first']);
  });

  it('puts back what is done within other work before that work, when the user stops the program', async () => {
    vi.spyOn(process, 'exit').mockImplementation((() => {}) as never);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const done: string[] = [];
    const work = puttingBack(async (undo) => {
      undo('image', async () => done.push('image'));
      await puttingBack(async (inner) => {
        inner('container', async () => done.push('container'));
        process.emit('SIGTERM');
        await new Promise((resolve) => setTimeout(resolve, 10));
        inner('more', async () => done.push('more'));
      });
    });
    await expect(work).rejects.toThrow('stopped by the user');
    expect(done).toEqual(['container', 'image']);
  });

  it('undoes once when the user stops the program, and lets the work begin nothing more', async () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation((() => {}) as never);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const done: string[] = [];
    const work = puttingBack(async (undo) => {
      undo('first', async () => done.push('first'));
      process.emit('SIGINT');
      await new Promise((resolve) => setTimeout(resolve, 10));
      undo('second', async () => done.push('second'));
      done.push('went on');
    });
    await expect(work).rejects.toThrow('stopped by the user');
    expect(exit).toHaveBeenCalledWith(130);
    expect(done).toEqual(['first']);
    expect(process.listenerCount('SIGINT')).toBe(0);
  });
});

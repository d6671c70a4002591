import type { Engine } from '../engine/connect.ts';
import { EngineFailure } from '../engine/failure.ts';

/** The file that a drill leaves for a moment in a folder of data. */
export const markerName = '.readiness-drill';

/** Puts the marker into a folder of a container, through the engine. */
export const putMarker = (engine: Engine, id: string, folder: string): Promise<unknown> =>
  engine.call(`put a marker into ${folder}`, (abortSignal) =>
    engine.docker.getContainer(id).putArchive(tarOf(markerName), { path: folder, abortSignal } as never),
  );

export async function hasMarker(engine: Engine, id: string, folder: string): Promise<boolean> {
  try {
    await engine.call(`look for the marker in ${folder}`, (abortSignal) =>
      engine.docker.getContainer(id).infoArchive({ path: `${folder}/${markerName}`, abortSignal } as never),
    );
    return true;
  } catch (error) {
    if (error instanceof EngineFailure && error.kind === 'gone') return false;
    throw error;
  }
}

/** @throws EngineFailure when the image has no `rm`, or it fails. */
export async function removeMarker(engine: Engine, id: string, folder: string): Promise<void> {
  const Cmd = ['rm', '-f', `${folder}/${markerName}`];
  const code = await engine.call('remove the marker', async (abortSignal) => {
    const exec = await engine.docker
      .getContainer(id)
      .exec({ Cmd, User: '0', AttachStdout: true, AttachStderr: true, abortSignal });
    const stream = await exec.start({ abortSignal } as never);
    await new Promise((resolve) => stream.on('end', resolve).on('close', resolve).on('error', resolve).resume());
    return (await exec.inspect()).ExitCode;
  });
  if (code !== 0) throw new EngineFailure('broken', `rm ended with ${code}`);
}

/** A tar of one empty file: a header of 512 bytes, and the two blank blocks that end an archive. */
function tarOf(name: string): Buffer {
  const tar = Buffer.alloc(1536);
  const field = (at: number, text: string): unknown => tar.write(text, at, 'latin1');
  field(0, name);
  field(100, '0000644\0');
  field(108, '0000000\0');
  field(116, '0000000\0');
  field(124, '00000000000\0');
  field(136, '00000000000\0');
  field(148, '        ');
  field(156, '0');
  field(257, 'ustar\u000000');
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  field(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return tar;
}

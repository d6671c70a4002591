// Empties dist/ so that a deleted source file leaves no stale detector or format behind (both are found by folder).
import { rmSync } from 'node:fs';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });

import { describe, expect, it } from 'vitest';
import { planFor } from './world.ts';

const manifest = (dependencies: Record<string, string>, more: object = {}): string =>
  `${JSON.stringify({ name: 'notes', type: 'module', scripts: { start: 'node src/server.js' }, dependencies, ...more }, null, 2)}\n`;

/** Small applications of the frameworks that have no base of their own, and the fixes that must come to `ready` on them. */
const apps: Record<string, { files: Record<string, string>; fixes: string[] }> = {
  koa: {
    files: {
      'package.json': manifest({ koa: '^2.15.0', '@koa/router': '^13.0.0' }),
      'src/server.js':
        "import Router from '@koa/router';\nimport Koa from 'koa';\n\nconst app = new Koa();\nconst router = new Router();\nrouter.get('/notes', (ctx) => {\n  ctx.body = [];\n});\napp.use(router.routes());\n\napp.listen(process.env.PORT ?? 3000);\n",
    },
    fixes: ['headers', 'rate-limiting', 'health-endpoint', 'request-logging', 'graceful-shutdown', 'error-tracking'],
  },
  hono: {
    files: {
      'package.json': manifest({ hono: '^4.6.0', '@hono/node-server': '^1.13.0' }),
      'src/server.js':
        "import { serve } from '@hono/node-server';\nimport { Hono } from 'hono';\n\nconst app = new Hono();\napp.get('/notes', (c) => c.json([]));\n\nserve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });\n",
    },
    fixes: ['headers', 'rate-limiting', 'health-endpoint', 'request-logging', 'metrics', 'error-tracking'],
  },
  'express in CommonJS with Mongoose': {
    files: {
      'package.json': manifest({ express: '^4.19.0', mongoose: '^8.0.0' }, { type: 'commonjs' }),
      'src/server.js':
        "const express = require('express');\nconst mongoose = require('mongoose');\nconst Note = require('./note');\n\nconst app = express();\nmongoose.connect(process.env.MONGO_URL);\napp.get('/notes', async (req, res) => res.json(await Note.find()));\n\napp.listen(process.env.PORT || 3000);\n",
      'src/note.js':
        "const mongoose = require('mongoose');\n\nmodule.exports = mongoose.model('Note', new mongoose.Schema({ text: String }));\n",
    },
    fixes: ['headers', 'health-endpoint', 'error-handling', 'graceful-shutdown', 'env-validation', 'orchestration'],
  },
  'vue with Vite': {
    files: {
      'package.json': manifest(
        { vue: '^3.5.0' },
        {
          scripts: { dev: 'vite', build: 'vite build' },
          devDependencies: { vite: '^6.0.0', '@vitejs/plugin-vue': '^5.0.0' },
        },
      ),
      'index.html':
        '<!doctype html>\n<html>\n  <head>\n    <title>Notes</title>\n  </head>\n  <body>\n    <div id="app"></div>\n    <script type="module" src="/src/main.js"></script>\n  </body>\n</html>\n',
      'vite.config.js':
        "import vue from '@vitejs/plugin-vue';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({ plugins: [vue()] });\n",
      'src/main.js':
        "import { createApp } from 'vue';\nimport App from './App.vue';\n\ncreateApp(App).mount('#app');\n",
      'src/App.vue': '<template>\n  <h1>Notes</h1>\n</template>\n',
    },
    fixes: ['error-tracking', 'installable', 'offline', 'e2e', 'container-image', 'orchestration'],
  },
};

describe.each(Object.entries(apps))('%s', (_, { files, fixes }) => {
  const planned = planFor(files);
  it.each(fixes)('%s closes its gap', async (fix) => {
    const { fixes: found, notOffered } = await planned;
    expect(found.filter((one) => one.fix === fix).at(-1)?.after, JSON.stringify(notOffered, null, 1)).toBe('ready');
  });
});

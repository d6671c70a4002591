#!/bin/sh
# Any CI with Node 20 or newer and git. The exit code is the verdict, whatever the format.
set -eu
npm install --global --ignore-scripts readiness-audit@0.1.0
readiness audit --min-score 70 --fail-on critical \
  --report markdown=READINESS.md \
  --report junit=readiness-junit.xml

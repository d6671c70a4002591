#!/usr/bin/env bash
# Keeps one comment on a pull request up to date: found again by a mark in its first line, written with `gh api`.
set -uo pipefail

export MARK="<!-- readiness: ${COMMENT_KEY//--/- -} -->"
# GitHub takes 65,536 characters; what is more goes to the run's summary.
most=60000

body="$RUNNER_TEMP/readiness-comment.md"
{
  echo "$MARK"
  if [ "$(wc -c <"$REPORT")" -le "$most" ]; then
    cat "$REPORT"
  else
    head -c "$most" "$REPORT" | sed '$d'
    printf '\n\nThe report goes on in the [summary of the run](%s).\n' "$RUN_URL"
  fi
} >"$body"

comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
known=$(gh api --paginate "$comments" --jq '.[] | select(.body | startswith(env.MARK)) | .id' | head -n 1)
if [ -n "$known" ]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$known" -F "body=@$body"
else
  gh api --silent --method POST "$comments" -F "body=@$body"
fi || echo "::warning::The report could not be put on the pull request. A run for a fork may not write; else the job needs the permission pull-requests: write."
exit 0

#!/usr/bin/env bash
# Runs the audit of action.yml: inputs come as READINESS_* variables, the exit code is kept as an output for the last step.
set -uo pipefail

arguments=(audit "$READINESS_PATH" --format github)

# add_value OPTION VALUE: the option when the value is set; `=` keeps a value that starts with a dash from being an option.
add_value() { if [ -n "$2" ]; then arguments+=("$1=$2"); fi; }
# add_flag OPTION VALUE: the option when the value is `true`.
add_flag() { if [ "$2" = true ]; then arguments+=("$1"); fi; }
# add_lines OPTION VALUE: the option once for each line that is not blank.
add_lines() {
  local line
  while IFS= read -r line; do
    line="${line#"${line%%[![:space:]]*}"}"
    add_value "$1" "${line%"${line##*[![:space:]]}"}"
  done <<<"$2"
}

add_value --config "${READINESS_CONFIG:-}"
add_value --policy-from "${READINESS_POLICY_FROM:-}"
add_value --baseline "${READINESS_BASELINE:-}"
add_lines --ignore "${READINESS_IGNORE:-}"
add_value --scoring-version "${READINESS_SCORING_VERSION:-}"
add_value --as-of "${READINESS_AS_OF:-}"
add_value --min-score "${READINESS_MIN_SCORE:-}"
add_value --min-level "${READINESS_MIN_LEVEL:-}"
add_lines --min-category "${READINESS_MIN_CATEGORY:-}"
add_lines --min-component "${READINESS_MIN_COMPONENT:-}"
add_value --fail-on "${READINESS_FAIL_ON:-}"
add_flag --no-new-gaps "${READINESS_NO_NEW_GAPS:-}"
add_value --min-coverage "${READINESS_MIN_COVERAGE:-}"
add_flag --advisory "${READINESS_ADVISORY:-}"
add_value --since "${READINESS_SINCE:-}"
add_value --history "${READINESS_HISTORY:-}"
add_lines --report "${READINESS_REPORT:-}"
add_value --group-by "${READINESS_GROUP_BY:-}"

report="$RUNNER_TEMP/readiness.md"
rm -f "$report"
"$READINESS_BIN" "${arguments[@]}" --report "markdown=$report"
code=$?

echo "exit-code=$code" >>"$GITHUB_OUTPUT"
if [ -f "$report" ]; then echo "report=$report" >>"$GITHUB_OUTPUT"; fi

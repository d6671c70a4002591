/**
 * Filtering and what depends on it. It reads and hides what is in the page and never makes markup out of text. Without it the
 * report is whole, only not filtered.
 */
export const script = `
'use strict';
(function () {
  var form = document.getElementById('filters');
  if (!form) return;
  var gaps = Array.prototype.slice.call(document.querySelectorAll('#gap-list > .gap'));
  var value = function (id) { var field = document.getElementById(id); return field ? field.value : ''; };
  var list = function (gap, name) { return JSON.parse(gap.getAttribute('data-' + name)); };
  var texts = gaps.map(function (gap) { return gap.textContent.toLowerCase(); });

  function apply() {
    var words = value('find').toLowerCase().split(/\\s+/).filter(Boolean);
    var statuses = Array.prototype.map.call(form.querySelectorAll('input[name=status]:checked'), function (box) { return box.value; });
    var wanted = { level: value('level'), category: value('category'), component: value('component'), owner: value('owner') };
    var shown = 0;
    gaps.forEach(function (gap, i) {
      var fits = words.every(function (word) { return texts[i].indexOf(word) !== -1; })
        && list(gap, 'status').some(function (status) { return statuses.indexOf(status) !== -1; })
        && (!wanted.level || gap.getAttribute('data-level') === wanted.level)
        && (!wanted.category || gap.getAttribute('data-category') === wanted.category)
        && (!wanted.component || list(gap, 'components').indexOf(wanted.component) !== -1)
        && (!wanted.owner || list(gap, 'owners').indexOf(wanted.owner) !== -1);
      gap.hidden = !fits;
      if (fits) shown += 1;
    });
    document.getElementById('found').textContent = shown + (shown === 1 ? ' gap of ' : ' gaps of ') + gaps.length + ' shown';
    document.getElementById('none-found').hidden = shown > 0;
  }

  function setAll(open) { gaps.forEach(function (gap) { if (!gap.hidden) gap.open = open; }); }

  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  form.addEventListener('reset', function () { setTimeout(apply, 0); });
  document.getElementById('expand').addEventListener('click', function () { setAll(true); });
  document.getElementById('collapse').addEventListener('click', function () { setAll(false); });

  document.addEventListener('click', function (event) {
    var link = event.target.closest ? event.target.closest('a') : null;
    if (!link) return;
    if (link.hasAttribute('data-category')) {
      form.reset();
      document.getElementById('category').value = link.getAttribute('data-category');
      document.getElementById('component').value = link.getAttribute('data-component') || '*';
      apply();
    } else {
      reveal(link.hash);
    }
  });

  function reveal(hash) {
    var gap = hash && hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
    if (!gap || gaps.indexOf(gap) === -1) return;
    if (gap.hidden) { form.reset(); apply(); }
    gap.open = true;
  }
  reveal(location.hash);
  window.addEventListener('hashchange', function () { reveal(location.hash); });

  var closed = [];
  window.addEventListener('beforeprint', function () {
    closed = Array.prototype.filter.call(document.querySelectorAll('details'), function (details) { return !details.open; });
    closed.forEach(function (details) { details.open = true; });
  });
  window.addEventListener('afterprint', function () { closed.forEach(function (details) { details.open = false; }); });
  apply();
})();
`;

extension PlayerPage {
  /// What the page does.
  ///
  /// It tells the server with CMCD keys (CTA-5004) which session it is, how fast it plays and how
  /// much it has ahead, so that only what is heard is counted.
  static let script = #"""
    'use strict';
    const byId = (name) => document.getElementById(name);
    const audio = byId('audio');
    const titles = Array.from(document.querySelectorAll('.title'));
    const random = crypto.getRandomValues(new Uint8Array(16));
    const session = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
    let current = 0;

    function clock(seconds) {
      const whole = Math.floor(seconds);
      const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
      const text = parts.map((part) => String(part).padStart(2, '0')).join(':');
      return parts[0] > 0 ? text : text.slice(3);
    }
    function duration() { return Number(titles[current].dataset.milliseconds) / 1000; }
    function cmcd(keys) { return 'CMCD=' + encodeURIComponent(keys.join(',')); }
    function choose(number) {
      current = number;
      const source = titles[number].dataset.src;
      const isPicture = titles[number].dataset.kind === 'picture';
      byId('picture').hidden = !isPicture;
      if (isPicture) {
        audio.pause();
        byId('picture').src = source;
        byId('picture').alt = titles[number].textContent;
      } else {
        audio.src = source + '?' + cmcd(['sid="' + session + '"']);
      }
      byId('now').textContent = titles[number].textContent;
      byId('position').max = String(Math.floor(duration()));
      titles.forEach((title, index) => {
        if (index === number) title.setAttribute('aria-current', 'true');
        else title.removeAttribute('aria-current');
      });
      show();
    }
    function show() {
      const text = clock(audio.currentTime) + ' of ' + clock(duration());
      byId('time').textContent = text;
      byId('position').value = String(Math.floor(audio.currentTime));
      byId('position').setAttribute('aria-valuetext', text);
      byId('play').textContent = audio.paused ? 'Play' : 'Pause';
      byId('play').setAttribute('aria-pressed', String(!audio.paused));
    }
    function ahead() {
      for (let index = 0; index < audio.buffered.length; index += 1) {
        const end = audio.buffered.end(index);
        if (audio.buffered.start(index) <= audio.currentTime && audio.currentTime <= end) {
          return Math.round((end - audio.currentTime) * 1000);
        }
      }
      return 0;
    }
    async function report() {
      const rate = audio.paused ? 0 : audio.playbackRate;
      const keys = ['bl=' + Math.floor(ahead() / 100) * 100, 'pr=' + rate, 'sid="' + session + '"'];
      try {
        const answer = await fetch('status?' + cmcd(keys), { cache: 'no-store' });
        if (answer.status === 410 || answer.status === 404) {
          audio.pause();
          byId('trouble').textContent = 'This holding has ended.';
          return;
        }
        const status = await answer.json();
        const what = { minute: 'by the minute', view: 'per view', day: 'by the day' }[status.use];
        let text = 'Heard so far: ' + clock(status.seconds);
        if (what) text += '. Cost so far: ' + status.cost.join(', ') + ' (' + what + ')';
        if (byId('cost').textContent !== text) byId('cost').textContent = text;
        byId('trouble').textContent = '';
      } catch (error) {
        byId('trouble').textContent = 'The home server does not answer.';
      }
    }
    function isPicture() { return titles[current].dataset.kind === 'picture'; }
    function play() {
      if (!audio.src) choose(current);
      if (isPicture()) return;
      if (audio.paused) audio.play().catch(() => { byId('trouble').textContent = 'Cannot play.'; });
      else audio.pause();
    }
    function stop() {
      audio.pause();
      if (audio.readyState > 0) audio.currentTime = 0;
      report();
    }
    function move(seconds) {
      if (!audio.src) choose(current);
      const place = Math.min(Math.max(audio.currentTime + seconds, 0), duration());
      audio.currentTime = place;
    }
    byId('play').addEventListener('click', play);
    byId('stop').addEventListener('click', stop);
    byId('back').addEventListener('click', () => move(-10));
    byId('forward').addEventListener('click', () => move(10));
    byId('position').addEventListener('change', (event) => {
      if (!audio.src) choose(current);
      audio.currentTime = Number(event.target.value);
    });
    titles.forEach((title, number) => title.addEventListener('click', () => {
      choose(number);
      play();
    }));
    for (const name of ['timeupdate', 'play', 'pause', 'seeked', 'loadedmetadata']) {
      audio.addEventListener(name, show);
    }
    for (const name of ['play', 'pause', 'seeked', 'ratechange']) audio.addEventListener(name, report);
    audio.addEventListener('error', () => {
      if (audio.src) byId('trouble').textContent = 'Cannot play this title.';
    });
    audio.addEventListener('ended', () => {
      report();
      if (current + 1 < titles.length) { choose(current + 1); play(); }
    });
    document.addEventListener('keydown', (event) => {
      const isField = event.target instanceof HTMLInputElement;
      const isButton = event.target instanceof HTMLButtonElement;
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === ' ' && !isButton && !isField) play();
      else if (event.key === 's' || event.key === 'S') stop();
      else if (event.key === 'ArrowLeft' && !isField) move(-10);
      else if (event.key === 'ArrowRight' && !isField) move(10);
      else return;
      event.preventDefault();
    });
    setInterval(() => { if (!audio.paused) report(); }, 5000);
    byId('position').max = String(Math.floor(duration()));
    show();
    report();

    """#

  /// How the page looks.
  static let style = """
    :root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif; }
    main { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
    button { font: inherit; padding: 0.5rem 0.9rem; margin: 0.2rem; min-height: 2.75rem; }
    button:focus-visible, input:focus-visible { outline: 3px solid; outline-offset: 2px; }
    .title[aria-current] { font-weight: bold; }
    video, img { max-width: 100%; }
    img[hidden] { display: none; }
    #position { width: 60%; vertical-align: middle; }
    #trouble:empty, #cost:empty { display: none; }

    """
}

import Testing
import _TestSupport

/// Whatever stops the publishing of a film, nothing is lost and nothing half-made is left.
@Suite struct FilmFaultTests {
  @Test func aFullDiskIsTold() throws {
    let result = try VisualShell().run(
      """
      mkdir cs.store; mount -t tmpfs -o size=300k none cs.store || exit 9
      trap 'umount cs.store 2> /dev/null' EXIT
      publish f1 --video-options "$FAST" film.mp4 2> error; echo $?
      head -n 1 error | grep -c 'No space left on device\\|no space left on device'
      find cs.store -type f ! -name '*.lock' | wc -l; grep -c published l
      umount cs.store
      publish f1 --video-options "$FAST" film.mp4; echo $?
      """)
    #expect(result.text == "2\n1\n0\n0\n0\n", "\(result.text)\(result.errors)")
  }

  @Test func killedAndGivenAgain() throws {
    let result = try VisualShell().run(
      """
      mkdir cs.store
      (
        export SUKASHI_AS=cs SUKASHI_SIGNING_KEY=cs.key SUKASHI_STORE=cs.store
        exec $PUBLISH --content f1 --title F --currency JPY --price 300 \
          --video-options '-c:v libx264 -preset veryslow -crf 18 -pix_fmt yuv420p' film.mp4
      ) & job=$!
      for i in {1..200}; do ls cs.store/masters/..f1.new.*/a.segments > /dev/null 2>&1 && break; sleep 0.05; done
      kill -9 $job; wait $job; echo $?
      ls -A cs.store/masters | grep -c '^[.][.]f1.new'
      publish f1 --video-options "$FAST" film.mp4; echo $?
      ls -A cs.store/masters | grep -c '^[.][.]f1.new'
      as cs cs-publish --verify; echo $?
      grep -c '"kind":"published"' l
      """)
    #expect(result.text == "137\n1\n0\n0\n0\n1\n", "\(result.text)\(result.errors)")
  }

  /// Of two at once one waits or is refused; there is one master and one entry.
  @Test func twoAtOnce() throws {
    let result = try VisualShell().run(
      """
      for n in 1 2; do (publish f1 --video-options "$FAST" film.mp4 2> error$n; echo $? > status$n) & done
      wait
      cat status1 status2 | sort | tail -n 1 | grep -c '^[02]$'
      publish f1 --video-options "$FAST" film.mp4; echo $?
      as cs cs-publish --verify; echo $?
      grep -c '"kind":"published"' l
      """)
    #expect(result.text == "1\n0\n0\n1\n", "\(result.text)\(result.errors)")
  }
}

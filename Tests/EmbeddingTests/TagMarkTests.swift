import MarkKeys
import Testing

@testable import AudioMark

/// Messages as lines of text with a code.
@Suite struct TagMarkTests {
  private let line = TagMark.text(Marking.message, key: Marking.alice)

  private func detect(_ text: String, key: MarkKey = Marking.alice) -> [TagMark.Detection] {
    TagMark.detect(in: Array(text.utf8), key: key)
  }

  @Test func theLineOfTheSpecification() {
    let key = MarkKey(name: "zero", secret: Secret([UInt8](repeating: 0, count: 32)))
    #expect(
      TagMark.text(Marking.message, key: key)
        == "sukashi-mark/1 00112233445566778899aabbccddeeff "
        + "9cf0876487997cf384e7e3d5f640ddea3e3eef9f2b00005d3cac273b6214fbd3")
  }

  @Test func genuineWhereverItStands() {
    let genuine = TagMark.Detection(message: Marking.message, isGenuine: true)
    for text in [line, "a comment\n" + line, line + " and more", "sukashi-mark/1 x\n" + line] {
      #expect(detect(text) == [genuine], "\(text)")
    }
    let second = TagMark.text(Marking.other, key: Marking.alice)
    #expect(detect(line + "\n" + second + "\n" + line).map(\.message).count == 2)
  }

  @Test func forgedOnesAreToldApart() {
    let forged = TagMark.Detection(message: Marking.message, isGenuine: false)
    #expect(detect(line, key: Marking.bob) == [forged])
    let last = line.hasSuffix("0") ? "1" : "0"
    #expect(detect(line.dropLast() + last) == [forged])
    let changed = line.replacing("00112233", with: "00112234")
    #expect(detect(changed).map(\.isGenuine) == [false])
  }

  @Test func whatIsNoLineIsPassedOver() {
    for text in ["", "sukashi-mark/1 ", String(line.dropLast()), line.uppercased()] {
      #expect(detect(text).isEmpty, "\(text)")
    }
    #expect(detect(line.replacing("mark/1", with: "mark/2")).isEmpty)
  }

  @Test func linesAreTakenOut() {
    func removed(_ text: String) -> String {
      String(decoding: TagMark.removed(from: Array(text.utf8)), as: UTF8.self)
    }
    #expect(removed("a\n" + line) == "a")
    #expect(removed(line) == "")
    #expect(removed("a\n" + line + "\nb\n" + line) == "a\nb")
    #expect(removed("nothing") == "nothing")
  }
}

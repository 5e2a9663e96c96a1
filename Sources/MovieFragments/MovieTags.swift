/// Texts for people, where players look for them: a box `udta` with a list as in iTunes.
package struct MovieTags: Sendable, Equatable {
  package var title: String?
  package var artist: String?
  package var comment: String?

  package init(title: String? = nil, artist: String? = nil, comment: String? = nil) {
    self.title = title
    self.artist = artist
    self.comment = comment
  }

  /// The box.
  var box: [UInt8] {
    var list: [UInt8] = []
    func add(_ name: [UInt8], _ text: String?) {
      guard let text, !text.isEmpty else { return }
      var data: [UInt8] = []
      data.append(1, bits: 32)
      data.append(0, bits: 32)
      data += text.utf8
      var item: [UInt8] = []
      item.box("data", data)
      list.append(UInt64(item.count + 8), bits: 32)
      list += name + item
    }
    add([0xA9] + "nam".utf8, title)
    add([0xA9] + "ART".utf8, artist)
    add([0xA9] + "cmt".utf8, comment)
    var handler: [UInt8] = []
    handler.append(0, bits: 64)
    handler += "mdirappl".utf8
    handler.append(0, bits: 64)
    handler.append(0)
    var meta: [UInt8] = [0, 0, 0, 0]
    meta.box("hdlr", handler)
    meta.box("ilst", list)
    var user: [UInt8] = []
    user.box("meta", meta)
    var result: [UInt8] = []
    result.box("udta", user)
    return result
  }
}

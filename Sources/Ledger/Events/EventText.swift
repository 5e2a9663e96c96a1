package import CommandLineSupport

extension Draft {
  /// Reads a line of JSON with the members body, id and kind, in canonical form.
  ///
  /// - Parameters:
  ///   - line: the bytes, without a line end.
  ///   - number: the number of the line, from 1, for messages.
  ///   - text: reads the bytes; one for many lines.
  /// - Throws: `DraftFault` that names the line.
  package init(line: UnsafeRawBufferPointer, number: Int, with text: CanonicalText) throws {
    do {
      var fields = try FieldReader(text.read(line), called: "line")
      let body = try fields.required("body")
      let id = try fields.value("id", Handle.init)
      let kind = try fields.word("kind", as: EventKind.self)
      try fields.finish()
      self.init(id: id, try Event(kind, body), body: Array(body.bytes))
    } catch let error as any ExplainedError {
      throw DraftFault(line: number, error)
    }
  }
}

/// A line of input is no entry to be written.
package struct DraftFault: ExplainedError, Equatable {
  /// The number of the line, from 1.
  package let line: Int
  package let reason: String
  package let hint: String?

  package init(line: Int, reason: String, hint: String? = nil) {
    self.line = line
    self.reason = reason
    self.hint = hint
  }

  /// Says in which line something went wrong.
  package init(line: Int, _ error: any ExplainedError) {
    self.init(line: line, reason: error.description, hint: error.hint)
  }

  package var description: String { "line \(line): \(reason)" }
}

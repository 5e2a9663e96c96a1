import CommandLineSupport
package import Ledger
package import Trade

/// Why a title is not published, placed or withdrawn.
package enum CatalogueFault: ExplainedError, Equatable {
  /// Nobody offers this title.
  case unknownTitle(Handle)
  /// The store has no master of the title, or another one than the ledger says.
  case noMaster(Handle, store: String)
  case otherMaster(Handle, path: String)
  /// The title is there with another recording.
  case otherRecording(Handle, path: String)
  /// Something else than a whole master is at its place.
  case damaged(Handle, path: String)
  /// No symbol can carry a mark.
  case silent(String)
  /// Who writes is no content server.
  case notContentServer(PartyName)

  package var description: String {
    switch self {
    case .unknownTitle(let content): "the title \(quoted("\(content)")) is not published"
    case .noMaster(let content, let store):
      "the store \(quoted(store)) has no master of \(quoted("\(content)"))"
    case .otherMaster(let content, let path):
      "the master \(quoted(path)) is not the one that the ledger says of \(quoted("\(content)"))"
    case .otherRecording(let content, let path):
      "\(quoted("\(content)")) was published with another recording, key or copyright "
        + "message: \(quoted(path)) is there"
    case .damaged(let content, let path):
      "\(quoted(path)) is there, but it is no whole master of \(quoted("\(content)"))"
    case .silent(let name): "\(quoted(name)) is silent or too short to carry a mark"
    case .notContentServer(let name): "\(quoted("\(name)")) is not a content server"
    }
  }

  package var hint: String? {
    switch self {
    case .otherRecording, .damaged: "--replace puts the new master in its place"
    case .otherMaster: "publish the title again"
    case .notContentServer: "name one with --as, or set SUKASHI_AS"
    case .noMaster, .unknownTitle, .silent: nil
    }
  }
}

import CSystemCalls
import CommandLineSupport
import Glibc
import Outlets

/// A folder beside a holding for files that other programs read while a disc is made.
///
/// It goes with its object, with most signals, and at the latest when the holding's leavings are
/// removed.
final class WorkFolder {
  private let path: String
  private var files: [String] = []

  /// - Throws: `SystemError`.
  init(for holding: Holding) throws {
    let name = holding.path.split(separator: "/").last.map(String.init) ?? ""
    var template = Array("\(folder(of: holding.path))/.\(name).XXXXXX".utf8CString)
    let number = cs_temporary_folder(&template)
    if number < 0 { throw SystemError("cannot create a folder in", folder(of: holding.path)) }
    close(number)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for file in files { cs_temporary_remove(file) }
    cs_temporary_remove(path)
  }

  /// Adds a file of zeros, which take no space.
  ///
  /// - Parameters:
  ///   - name: of letters, digits and points.
  ///   - byteCount: its size.
  /// - Returns: its path.
  /// - Throws: `SystemError`.
  func add(_ name: String, byteCount: Int64) throws -> String {
    let target = path + "/" + name
    var characters = Array(target.utf8CString)
    let number = cs_temporary_file_in_folder(&characters)
    if number < 0 { throw SystemError("cannot create", target) }
    files.append(target)
    defer { close(number) }
    if ftruncate(number, off_t(byteCount)) != 0 { throw SystemError("cannot write", target) }
    return target
  }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/picture_process.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "viewer/foundation/child_process.h"
#include "viewer/foundation/file_probe.h"
#include "viewer/foundation/program_module.h"
#include "viewer/foundation/socket_bytes.h"
#include "viewer/slide/colour_profile.h"
#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/memory_watch.h"

namespace geneglass {
namespace {

constexpr uint32_t kMostText = 1 << 16;
constexpr size_t kMostProfile = kLargestColourProfile + 1;  ///< enough to be called too large

enum class Outcome : uint32_t { Done, NotOne, Refused, NoMemory };

/// What is sent of an opened picture, before its texts and its profile.
struct Opening {
  Outcome outcome = Outcome::NotOne;
  uint32_t kindBytes = 0;
  uint32_t sentenceBytes = 0;  ///< of a refusal
  uint32_t profileBytes = 0;
  bool wasRefusedMemory = false;  ///< as MemoryWatch has it
  Size size = {};
  bool saysMpp = false;
  Mpp mpp = {};
};

/// Asked for is a number of rows, int32_t; this is sent before the reason, the losses and the pixels.
struct Answer {
  Outcome outcome = Outcome::Done;
  int32_t rows = 0;
  uint32_t reasonBytes = 0;
  uint32_t losses = 0;
};

template <typename Value>
bool send(int connection, const Value& value) {
  return sendBytes(connection, &value, sizeof value);
}

template <typename Value>
bool receive(int connection, Value& value) {
  return receiveBytes(connection, &value, sizeof value);
}

template <typename Bytes>
bool sendAll(int connection, const Bytes& bytes, size_t count) {
  return sendBytes(connection, bytes.data(), count * sizeof bytes[0]);
}

template <typename Bytes>
bool receiveAll(int connection, Bytes& bytes, size_t count) {
  bytes.resize(count);
  return receiveBytes(connection, bytes.data(), count * sizeof bytes[0]);
}

uint32_t bytesOf(const std::string& text) {
  return static_cast<uint32_t>(std::min<size_t>(text.size(), kMostText));
}

/// A process that has a picture open.
class PictureProcess final {
 public:
  PictureProcess(ChildProcess process, OwnFile connection)
      : m_process(std::move(process)), m_connection(std::move(connection)) {}

  Result<std::optional<PlainPicture>> open(const std::filesystem::path& file);
  RowsRead next(Image& rows);
  void stop() {
    m_isStopped = true;
    ::shutdown(m_connection.number(), SHUT_RDWR);
  }

 private:
  int connection() const { return m_connection.number(); }
  bool receiveRows(const Answer& answer, Image& rows, RowsRead& read) const;
  std::string end();

  ChildProcess m_process;
  const OwnFile m_connection;
  std::atomic<bool> m_isStopped = false;
};

/// How it ended that does not answer, or not as it should.
std::string PictureProcess::end() {
  constexpr std::chrono::seconds kToEnd{5};
  if (m_isStopped) return "its picture is being closed";
  ::shutdown(connection(), SHUT_RDWR);
  return FileProbe::readingIt(m_process.end(kToEnd));
}

Result<std::optional<PlainPicture>> PictureProcess::open(const std::filesystem::path& file) {
  pollfd answered{connection(), POLLIN, 0};
  constexpr std::chrono::milliseconds kPatience = FileProbe::kPatience;
  if (::poll(&answered, 1, static_cast<int>(kPatience.count())) == 0)
    return cannotOpen(file, FileProbe::readingIt(
                                fmt::format("did not come to an end within {} s", kPatience.count() / 1000)));
  Opening opening;
  PlainPicture picture;
  std::string sentence;
  const bool isWhole =
      receive(connection(), opening) && std::max(opening.kindBytes, opening.sentenceBytes) <= kMostText &&
      opening.profileBytes <= kMostProfile && receiveAll(connection(), picture.kind, opening.kindBytes) &&
      receiveAll(connection(), sentence, opening.sentenceBytes) &&
      receiveAll(connection(), picture.colourProfile, opening.profileBytes);
  if (!isWhole) return cannotOpen(file, end());
  if (opening.wasRefusedMemory) MemoryWatch::hear("not enough memory");
  if (opening.outcome == Outcome::NotOne) return std::nullopt;
  if (opening.outcome == Outcome::NoMemory) throw std::bad_alloc();
  if (opening.outcome == Outcome::Refused) return fail(std::move(sentence));
  picture.size = opening.size;
  if (opening.saysMpp) picture.mpp = opening.mpp;
  return picture;
}

bool PictureProcess::receiveRows(const Answer& answer, Image& rows, RowsRead& read) const {
  read.count = answer.rows;
  return answer.rows >= 0 && answer.rows <= rows.height && answer.reasonBytes <= kMostText &&
         answer.losses <= static_cast<uint32_t>(rows.height) &&
         receiveAll(connection(), read.reason, answer.reasonBytes) &&
         receiveAll(connection(), read.lost, answer.losses) &&
         receiveBytes(
             connection(), rows.pixels.data(),
             sizeof rows.pixels[0] * static_cast<size_t>(rows.width) * static_cast<size_t>(answer.rows));
}

RowsRead PictureProcess::next(Image& rows) {
  Answer answer;
  RowsRead read;
  const bool isWhole = send(connection(), int32_t{rows.height}) && receive(connection(), answer) &&
                       receiveRows(answer, rows, read);
  if (!isWhole) return {0, end(), {}};
  if (answer.outcome == Outcome::NoMemory) throw std::bad_alloc();
  if (answer.outcome == Outcome::Refused) throw std::runtime_error(read.reason);
  return read;
}

Opening openingOf(const PlainPicture& picture) {
  Opening opening{.outcome = Outcome::Done, .kindBytes = bytesOf(picture.kind), .size = picture.size};
  opening.profileBytes = static_cast<uint32_t>(std::min(picture.colourProfile.size(), kMostProfile));
  opening.saysMpp = picture.mpp.has_value();
  if (picture.mpp) opening.mpp = *picture.mpp;
  return opening;
}

bool sendOpening(int connection, const Opening& opening, const PlainPicture& picture,
                 const std::string& sentence) {
  return send(connection, opening) && sendAll(connection, picture.kind, opening.kindBytes) &&
         sendAll(connection, sentence, opening.sentenceBytes) &&
         sendAll(connection, picture.colourProfile, opening.profileBytes);
}

bool sendRows(int connection, const PlainPicture& picture, int32_t wished, double mostSeconds) {
  Answer answer;
  RowsRead read;
  Image rows;
  try {
    rows = Image::unset(static_cast<int>(picture.size.width), wished);
    limitProcessor(mostSeconds);
    read = picture.rows.next(rows);
  } catch (const std::bad_alloc&) {
    answer.outcome = Outcome::NoMemory;
  } catch (const std::exception& error) {
    answer.outcome = Outcome::Refused;
    read.reason = error.what();
  }
  limitProcessor(0);
  answer.rows = read.count;
  answer.reasonBytes = bytesOf(read.reason);
  answer.losses = static_cast<uint32_t>(read.lost.size());
  return send(connection, answer) && sendAll(connection, read.reason, answer.reasonBytes) &&
         sendAll(connection, read.lost, answer.losses) &&
         sendAll(connection, rows.pixels, static_cast<size_t>(read.count) * static_cast<size_t>(rows.width));
}

/// What LittleCMS makes of a profile is tried out here, too.
Result<std::optional<PlainPicture>> openTried(const std::filesystem::path& file) {
  const Result<FileHead> head = readFileHead(file);
  if (!head) return tl::unexpected(head.error());
  Result<std::optional<PlainPicture>> picture = openPicture(*head);
  if (picture && *picture) (void)embeddedProfile((*picture)->colourProfile);
  return picture;
}

}  // namespace

Result<std::optional<PlainPicture>> openPictureElsewhere(const FileHead& head,
                                                         const std::filesystem::path& program,
                                                         double mostSeconds) {
  auto [own, other] = connectedPair();
  if (!own) return openPicture(head);
  const int passed[] = {other.number()};
  Result<ChildProcess> child = ChildProcess::start(program.empty() ? libraryPlace("slide_probe") : program,
                                                   {head.path.string(), std::to_string(mostSeconds)}, passed);
  if (!child) return openPicture(head);
  other = {};
  const auto process = std::make_shared<PictureProcess>(std::move(*child), std::move(own));
  Result<std::optional<PlainPicture>> picture = process->open(head.path);
  if (!picture || !*picture) return picture;
  (*picture)->rows.next = [process](Image& rows) { return process->next(rows); };
  (*picture)->rows.stop = [process = std::weak_ptr(process)] {
    if (const auto open = process.lock()) open->stop();
  };
  return picture;
}

int servePicture(int connection, const std::filesystem::path& file, double mostSeconds) {
  leaveNoCore();
  Opening opening;
  PlainPicture picture;
  std::string sentence;
  try {
    limitProcessor(mostSeconds);
    const MemoryWatch memory;
    Result<std::optional<PlainPicture>> opened = openTried(file);
    limitProcessor(0);
    if (!opened) {
      sentence = std::move(opened.error().sentence);
      opening.outcome = Outcome::Refused;
      opening.sentenceBytes = bytesOf(sentence);
    } else if (*opened) {
      picture = std::move(**opened);
      opening = openingOf(picture);
    }
    opening.wasRefusedMemory = memory.wasRefused();
  } catch (const std::bad_alloc&) {
    opening.outcome = Outcome::NoMemory;
  }
  if (!sendOpening(connection, opening, picture, sentence) || opening.outcome != Outcome::Done) return 0;
  int32_t wished = 0;
  while (receiveBytes(connection, &wished, sizeof wished) && wished > 0)
    if (!sendRows(connection, picture, wished, mostSeconds)) break;
  return 0;
}

}  // namespace geneglass

// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/script/script_wire.h"

#include <algorithm>

#include "viewer/foundation/socket_bytes.h"

namespace geneglass {
namespace {

constexpr uint32_t kLongestReason = 2000;

struct AnswerHead {
  uint32_t state = 0, length = 0;
};

}  // namespace

bool sendAnswer(int file, const ScriptAnswer& answer) {
  const AnswerHead head{static_cast<uint32_t>(answer.state),
                        std::min(kLongestReason, static_cast<uint32_t>(answer.reason.size()))};
  return sendBytes(file, &head, sizeof head) && sendBytes(file, answer.reason.data(), head.length);
}

/// What comes from a program that is not trusted: no number of it is believed.
bool receiveAnswer(int file, ScriptAnswer& answer) {
  AnswerHead head;
  if (!receiveBytes(file, &head, sizeof head)) return false;
  if (head.state > static_cast<uint32_t>(ScriptState::OutOfMemory) || head.length > kLongestReason)
    return false;
  answer.state = static_cast<ScriptState>(head.state);
  answer.reason.resize(head.length);
  if (!receiveBytes(file, answer.reason.data(), head.length)) return false;
  for (char& c : answer.reason)
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  return true;
}

}  // namespace geneglass

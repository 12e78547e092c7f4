// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>
#include <vector>

#include "inference/script/closed_off.h"
#include "inference/script/worker/script_module.h"
#include "viewer/foundation/socket_bytes.h"

namespace geneglass {
namespace {

/// Ends this process when the program that started it has ended, whatever is being computed.
void endWithTheOther() {
  char none = 0;
  receiveBytes(kScriptLife, &none, 1);
  ::_exit(0);
}

void serve(const ScriptModule& module, const ScriptShape& shape, float* memory, size_t lane) {
  const int file = kScriptFirstLane + static_cast<int>(lane);
  for (uint32_t count = 0; receiveBytes(file, &count, sizeof count);) {
    if (count == 0 || count > ScriptShape::kTogether) return;
    if (!sendAnswer(file, module.compute(shape.tilesOf(memory, lane), count, shape.featuresOf(memory, lane))))
      return;
  }
}

/// Words: pixels a side of a tile, features a tile, lanes, most bytes of memory.
int work(char** words) {
  const auto number = [&](int word) { return std::strtoull(words[word], nullptr, 10); };
  const ScriptShape shape{number(1), number(2), number(3)};
  struct stat facts {};
  void* memory = ::mmap(nullptr, shape.bytes(), PROT_READ | PROT_WRITE, MAP_SHARED, kScriptMemory, 0);
  if (::fstat(kScriptWeights, &facts) != 0 || memory == MAP_FAILED) return 1;
  const std::jthread watcher(endWithTheOther);
  setUpLibTorch();
  ScriptAnswer answer;
  std::unique_ptr<ScriptModule> module;
  if (const Result<void> closed = closeOff(number(4)); !closed)
    answer = {ScriptState::Failed, closed.error().sentence};
  else
    module = loadScriptModule(kScriptWeights, static_cast<size_t>(facts.st_size), shape, answer);
  if (!sendAnswer(kScriptFirstLane, answer) || !module) ::_exit(0);
  std::vector<std::jthread> lanes;
  for (size_t lane = 0; lane < shape.lanes; ++lane)
    lanes.emplace_back([&, lane] { serve(*module, shape, static_cast<float*>(memory), lane); });
  lanes.clear();
  ::_exit(0);
}

}  // namespace
}  // namespace geneglass

int main(int count, char** words) {
  return count == 5 ? geneglass::work(words) : 2;
}

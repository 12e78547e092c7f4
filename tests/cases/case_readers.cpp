// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cases/case_readers.h"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "inference/features/feature_bag.h"
#include "inference/import/read_encoder_config.h"
#include "inference/learning/cohort/cohort.h"
#include "inference/learning/cohort/expression_table.h"
#include "inference/learning/cohort/gene_list.h"
#include "inference/learning/cohort/spot_facts.h"
#include "inference/learning/cohort/survival_table.h"
#include "inference/learning/counts/annotated_data.h"
#include "inference/learning/counts/space_ranger.h"
#include "inference/learning/counts/spot_places.h"
#include "inference/learning/counts/tabbed_counts.h"
#include "inference/package/model_package.h"
#include "inference/subtype/template_set.h"
#include "viewer/annotation/annotation_file.h"
#include "viewer/foundation/tensors/npz_file.h"
#include "viewer/foundation/tensors/safetensors_file.h"
#include "viewer/foundation/tensors/torch_file.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::testing {
namespace {

/// What a slide's levels and images say when each is read once.
std::string readSlide(const std::filesystem::path& file) {
  const Result<OpenedSlide> opened = openSlide(file);
  if (!opened) return opened.error().sentence;
  const Slide& slide = *opened->slide;
  for (int level = 0; level < int(slide.levels.size()); ++level) {
    const auto tile = opened->source->read({level, 0, 0});
    if (!tile) return tile.error().sentence;
  }
  std::string said = fmt::format("opens: {}, {} x {}, {} levels", slide.driver, slide.size().width,
                                 slide.size().height, slide.levels.size());
  if (!slide.damage.empty()) said += "; " + slide.damage;
  return said;
}

template <typename Read>
CaseReader sentenceOf(Read read) {
  return [read](const std::filesystem::path& file) -> std::string {
    const auto result = read(file);
    return result ? "reads" : result.error().sentence;
  };
}

Result<TensorFile> readAnyTensors(const std::filesystem::path& file) {
  if (file.extension() == ".safetensors") return readSafetensors(file);
  if (file.extension() == ".npz") return readNpz(file);
  return file.extension() == ".pt" ? readTorchFile(file) : readTensors(file);
}

/// How a child ended that gave no sentence.
std::string endInWords(int status) {
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) return "it took longer than 20 s";
  if (WIFSIGNALED(status)) return fmt::format("it was ended by signal {}", WTERMSIG(status));
  return fmt::format("it ended with {}", WEXITSTATUS(status));
}

[[noreturn]] void runInChild(const CaseReader& reader, const std::filesystem::path& file, int pipe) {
  alarm(20);
  std::string said;
  try {
    said = reader(file);
  } catch (const std::exception& error) {
    said = std::string("it threw ") + error.what();
  }
  const bool written = write(pipe, said.data(), said.size()) == ssize_t(said.size());
  _exit(written ? 0 : 1);
}

}  // namespace

const std::map<std::string, CaseReader>& caseReaders() {
  static const std::map<std::string, CaseReader> all{
      {"slide", readSlide},
      {"bag", sentenceOf([](const auto& file) { return readBag(file, {}, 8); })},
      {"learn", sentenceOf([](const auto& file) { return readBagWithoutPlaces(file); })},
      {"model", sentenceOf([](const auto& file) { return openModelPackage(file.parent_path()); })},
      {"tensors", sentenceOf(readAnyTensors)},
      {"annotations", sentenceOf([](const auto& file) { return readAnnotations(file, nullptr); })},
      {"space-ranger", sentenceOf(readSpaceRangerCounts)},
      {"anndata", sentenceOf(readAnnotatedData)},
      {"counts", sentenceOf(readTabbedCounts)},
      {"places", sentenceOf(readPlaces)},
      {"cohort", sentenceOf([](const auto& file) { return readCohort(file); })},
      {"expression", sentenceOf([](const auto& file) { return readExpressionTable(file); })},
      {"survival", sentenceOf([](const auto& file) { return readSurvivalTable(file); })},
      {"genes", sentenceOf(readGeneList)},
      {"templates", sentenceOf(readTemplates)},
      {"spot-facts",
       sentenceOf([](const auto& file) { return readSpotFacts(file.parent_path() / "cohort.csv"); })},
      {"config", sentenceOf([](const auto& file) { return readEncoderConfig(file.parent_path()); })}};
  return all;
}

namespace {

/// Adds what a process took, with those that it waited for.
void addUse(CaseOutcome& outcome, const rusage& used) {
  for (const timeval& time : {used.ru_utime, used.ru_stime})
    outcome.seconds += double(time.tv_sec) + double(time.tv_usec) / 1e6;
  outcome.mebibytes = std::max<int64_t>(outcome.mebibytes, used.ru_maxrss >> 10);
}

}  // namespace

CaseOutcome runCase(const CaseReader& reader, const std::filesystem::path& file) {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // the processes that it starts are counted when they end after it
  std::array<int, 2> pipes{};
  if (pipe(pipes.data()) != 0) return {"there is no pipe", 0, 0};
  const pid_t child = fork();
  if (child == 0) runInChild(reader, file, pipes[1]);
  close(pipes[1]);
  CaseOutcome outcome;
  std::array<char, 4096> piece{};
  for (ssize_t count = 0; (count = ::read(pipes[0], piece.data(), piece.size())) > 0;)
    outcome.said.append(piece.data(), size_t(count));
  close(pipes[0]);
  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  if (status != 0) outcome.said = endInWords(status);
  addUse(outcome, used);
  while (wait4(-1, nullptr, 0, &used) > 0) addUse(outcome, used);
  return outcome;
}

}  // namespace geneglass::testing

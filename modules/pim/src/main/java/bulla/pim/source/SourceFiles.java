package bulla.pim.source;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads the files of sources of type FILE, from one directory ({@code BULLA_SOURCE_DIR}) and
 * nowhere else: plain names, regular files, no links, of a bounded size.
 */
@Dependent
class SourceFiles implements MemberDirectory {
  static final int MOST_BYTES = 16 << 20;
  static final int MOST_LINES = 1_000_000;

  private static final Pattern PLAIN_NAME = Pattern.compile(SourceConnection.PLAIN_NAME);
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path directory;

  @Inject
  SourceFiles(SourceSettings settings) {
    this(settings.files());
  }

  SourceFiles(Path directory) {
    this.directory = directory;
  }

  /** Nothing to connect to: each file is opened when it is read. */
  @Override
  public OpenDirectory open(SourceConnection connection, String secret, Deadline deadline) {
    return new OpenDirectory() {
      @Override
      public List<String> users() throws UnreadableSourceException {
        return names("userFile", connection.userFile());
      }

      @Override
      public List<SourceGroup> groups(Predicate<String> wanted) throws UnreadableSourceException {
        return connection.groupFile() == null
            ? List.of()
            : SourceFiles.this.groups(connection.groupFile());
      }

      @Override
      public void close() {
        // Each file was closed when it was read.
      }
    };
  }

  /**
   * Reads both files.
   *
   * @throws UnreadableSourceException where one of them cannot be read or is not what it must be
   */
  SourceContent read(SourceConnection connection) throws UnreadableSourceException {
    try (OpenDirectory files = open(connection, "", Deadline.in(Duration.ofSeconds(1)))) {
      List<String> users = files.users();
      return SourceContent.of(users, files.groups(group -> true), group -> true);
    }
  }

  private List<String> names(String member, String file) throws UnreadableSourceException {
    List<String> names = new ArrayList<>();
    int number = 0;
    for (String line : lines(member, file)) {
      number++;
      if (!line.isEmpty()) {
        names.add(name(member, file, number, line));
      }
    }
    return names;
  }

  /** A name may head several groups: they are not one, and which was meant nobody can tell. */
  private List<SourceGroup> groups(String file) throws UnreadableSourceException {
    List<String> names = new ArrayList<>();
    List<List<String>> members = new ArrayList<>();
    int number = 0;
    for (String line : lines("groupFile", file)) {
      number++;
      if (line.startsWith("[") && line.endsWith("]")) {
        String group = line.substring(1, line.length() - 1).strip();
        if (group.isEmpty()) {
          throw wrong("groupFile", file, number, "names no group between its brackets");
        }
        names.add(name("groupFile", file, number, group));
        members.add(new ArrayList<>());
      } else if (!line.isEmpty()) {
        if (names.isEmpty()) {
          throw wrong("groupFile", file, number, "comes before the first [GroupName]");
        }
        members.get(members.size() - 1).add(name("groupFile", file, number, line));
      }
    }
    return IntStream.range(0, names.size())
        .mapToObj(i -> new SourceGroup(names.get(i), members.get(i)))
        .toList();
  }

  private static String name(String member, String file, int number, String name)
      throws UnreadableSourceException {
    if (name.length() > MemberNames.LONGEST) {
      throw wrong(member, file, number, "is longer than " + MemberNames.LONGEST + " characters");
    }
    if (!MemberNames.isPrintable(name)) {
      throw wrong(member, file, number, "has a character that is not printable");
    }
    return name;
  }

  private static UnreadableSourceException wrong(
      String member, String file, int number, String what) {
    return new UnreadableSourceException(
        member, "Line " + number + " of the file '" + file + "' " + what);
  }

  /** The lines without the blanks at their ends. */
  private List<String> lines(String member, String file) throws UnreadableSourceException {
    String text = text(member, file);
    int begin = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    List<String> lines = text.substring(begin).lines().map(String::strip).toList();
    if (lines.size() > MOST_LINES) {
      throw new UnreadableSourceException(
          member, "The file '" + file + "' has more than " + MOST_LINES + " lines");
    }
    return lines;
  }

  private String text(String member, String file) throws UnreadableSourceException {
    if (!PLAIN_NAME.matcher(file).matches()) {
      throw new UnreadableSourceException(member, member + " " + SourceConnection.FILE_RULE);
    }
    Path path = directory.resolve(file);
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new UnreadableSourceException(
          member, "There is no regular file '" + file + "' in the server's source directory");
    }
    try (SeekableByteChannel channel =
        Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      return StandardCharsets.UTF_8.newDecoder().decode(bounded(channel, member, file)).toString();
    } catch (CharacterCodingException malformed) {
      throw new UnreadableSourceException(member, "The file '" + file + "' is not in UTF-8");
    } catch (IOException unreadable) {
      throw new UnreadableSourceException(
          member, "The server may not or cannot read the file '" + file + "'");
    }
  }

  private static ByteBuffer bounded(SeekableByteChannel channel, String member, String file)
      throws IOException, UnreadableSourceException {
    long size = channel.size();
    if (size <= MOST_BYTES) {
      // One byte more, to notice a file that grows while it is read.
      var buffer = ByteBuffer.allocate((int) size + 1);
      int read = 0;
      while (read >= 0 && buffer.hasRemaining()) {
        read = channel.read(buffer);
      }
      if (buffer.hasRemaining()) {
        return buffer.flip();
      }
    }
    throw new UnreadableSourceException(
        member,
        "The file '" + file + "' is larger than " + MOST_BYTES + " bytes, or is being written");
  }
}

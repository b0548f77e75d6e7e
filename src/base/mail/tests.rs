//! Sending, against a mail server that speaks SMTP on a socket, and into a folder.

use super::send::{Post, drain};
use super::{Letter, post, post_first, store};
use crate::base::clock::{self, Timestamp};
use crate::base::config::{Config, Secret};
use crate::base::db::{Db, Sql as _};
use crate::server::testing::on_both;
use chrono::TimeDelta;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Each message that was taken: its recipients, and its text.
type Taken = Arc<Mutex<Vec<(Vec<String>, String)>>>;

/// A mail server: what it was given, and how often it still says that it is busy.
#[derive(Clone, Default)]
struct Server {
    taken: Taken,
    busy: Arc<Mutex<usize>>,
}

impl Server {
    async fn start(busy: usize) -> (Server, Post) {
        let server = Server { busy: Arc::new(Mutex::new(busy)), ..Server::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serving.clone().talk(stream));
            }
        });
        (server, by(&format!("smtp://{address}")))
    }

    /// One conversation after RFC 5321.
    async fn talk(self, stream: TcpStream) {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut recipients = Vec::new();
        write.write_all(b"220 test\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            let answer = match verb.as_str() {
                "EHLO" => "250-test\r\n250 8BITMIME\r\n".to_owned(),
                "MAIL" if self.is_busy() => "451 4.3.0 come back later\r\n".to_owned(),
                "RCPT" => {
                    recipients.push(line);
                    "250 ok\r\n".to_owned()
                }
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await.unwrap();
                    let mut text = String::new();
                    while let Ok(Some(line)) = lines.next_line().await {
                        if line == "." {
                            break;
                        }
                        text += &format!("{line}\n");
                    }
                    self.taken.lock().unwrap().push((std::mem::take(&mut recipients), text));
                    "250 taken\r\n".to_owned()
                }
                "QUIT" => {
                    let _ = write.write_all(b"221 bye\r\n").await;
                    return;
                }
                _ => "250 ok\r\n".to_owned(),
            };
            if write.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }

    fn is_busy(&self) -> bool {
        let mut busy = self.busy.lock().unwrap();
        *busy = busy.saturating_sub(1) + usize::from(*busy == usize::MAX);
        *busy > 0
    }

    fn letters(&self) -> Vec<(Vec<String>, String)> {
        self.taken.lock().unwrap().clone()
    }
}

fn by(way: &str) -> Post {
    let from = "Ville d’Aubrelle <carte@ville.example>".into();
    Post::of(&Config { mail: Secret::new(way), mail_from: from, ..Config::default() }).unwrap().unwrap()
}

async fn write(db: &Db, to: &str, subject: &str, body: &str) -> Timestamp {
    let at = clock::now();
    let mut tx = db.begin().await.unwrap();
    let letter = Letter { to: to.into(), subject: subject.into(), body: body.into() };
    post(&mut tx, &letter, at).await.unwrap();
    tx.commit().await.unwrap();
    at
}

async fn state(db: &Db) -> (i64, Option<String>, bool, bool) {
    let sql =
        "select tries, problem, sent_at is not null, given_up_at is not null from mail order by id limit 1";
    db.one(sql, ()).await.unwrap()
}

on_both! {
    async fn a_letter_goes_to_the_mail_server_once_with_its_accents(db: Db) {
        let (server, post) = Server::start(0).await;
        let at = write(&db, "lea@mail.example", "Votre idée est publiée", "Bonjour,\n\nUne ligne.\n.\nAprès le point.\n").await;
        assert_eq!(drain(&db, &post, at).await.unwrap(), 1);
        assert_eq!(drain(&db, &post, at).await.unwrap(), 0, "once");
        let letters = server.letters();
        let (recipients, text) = &letters[0];
        assert_eq!(letters.len(), 1);
        assert_eq!(recipients, &["RCPT TO:<lea@mail.example>"]);
        for header in ["To: lea@mail.example", "Subject: Votre =?utf-8?b?", "Auto-Submitted: auto-generated", "Message-ID: <", "Date: "] {
            assert!(text.contains(header), "{header} in {text}");
        }
        assert_eq!(state(&db).await, (1, None, true, false));
    }

    async fn a_mail_server_that_is_busy_delays_a_letter_and_loses_none(db: Db) {
        let (server, post) = Server::start(3).await;
        let mut now = write(&db, "lea@mail.example", "Bonjour", "Un texte.").await;
        for tries in 1..=2 {
            assert_eq!(drain(&db, &post, now).await.unwrap(), 0);
            let (tried, problem, sent, given_up) = state(&db).await;
            assert_eq!((tried, sent, given_up), (tries, false, false));
            assert!(problem.unwrap().contains("come back later"));
            assert_eq!(drain(&db, &post, now + TimeDelta::seconds(5)).await.unwrap(), 0, "not at once");
            now += TimeDelta::minutes(5);
        }
        assert_eq!(drain(&db, &post, now).await.unwrap(), 1);
        assert_eq!(server.letters().len(), 1);
    }

    async fn a_letter_that_never_goes_is_given_up_and_keeps_what_was_said(db: Db) {
        // Nobody listens there.
        let post = by("smtp://127.0.0.1:9");
        let mut now = write(&db, "lea@mail.example", "Bonjour", "Un texte.").await;
        for _ in 0..12 {
            drain(&db, &post, now).await.unwrap();
            now += TimeDelta::hours(5);
        }
        let (tries, problem, sent, given_up) = state(&db).await;
        assert_eq!((tries, sent, given_up), (12, false, true));
        assert!(!problem.unwrap().is_empty());
        drain(&db, &post, now).await.unwrap();
        assert_eq!(state(&db).await.0, 12);
    }

    async fn two_servers_on_one_database_send_a_letter_once(db: Db) {
        let (server, post) = Server::start(0).await;
        let mut now = clock::now();
        for n in 0..10 {
            now = write(&db, "lea@mail.example", &format!("Lettre {n}"), "Un texte.").await;
        }
        let (one, two) = tokio::join!(drain(&db, &post, now), drain(&db, &post, now));
        assert_eq!(one.unwrap() + two.unwrap(), 10);
        assert_eq!(server.letters().len(), 10);
    }

    async fn header_injection_no_text_of_a_letter_becomes_a_header(db: Db) {
        let (server, post) = Server::start(0).await;
        write(&db, "lea@mail.example", "Bonjour\r\nBcc: eve@evil.example\r\n\r\nUn autre texte", "Texte").await;
        // Rows that went round the route.
        let at = clock::now();
        let sql = "insert into mail (recipient, subject, body, created_at) values ($1, $2, 'Texte', $3)";
        for to in ["lea@mail.example\r\nRCPT TO:<eve@evil.example>", "a@b.example>, <eve@evil.example", "eve@evil.example\nBcc: x@y.example"] {
            (&db).run(sql, (to, "Bonjour", at)).await.unwrap();
        }
        (&db).run(sql, ("lea@mail.example", "Bonjour\r\nX-Evil: 1", at)).await.unwrap();
        drain(&db, &post, at).await.unwrap();
        let letters = server.letters();
        assert_eq!(letters.len(), 2, "an address that is none is sent nothing");
        for (recipients, text) in letters {
            assert_eq!(recipients, ["RCPT TO:<lea@mail.example>"]);
            let (headers, _) = text.split_once("\n\n").unwrap();
            let names: Vec<_> = headers.lines().filter(|l| !l.starts_with(' ')).filter_map(|l| l.split_once(':')).map(|(n, _)| n).collect();
            assert!(!names.iter().any(|n| n.eq_ignore_ascii_case("bcc") || n.eq_ignore_ascii_case("x-evil")), "{headers}");
            assert_eq!(names.iter().filter(|n| **n == "To").count(), 1);
        }
    }

    async fn a_link_that_somebody_waits_for_leaves_before_a_thousand_answers(db: Db) {
        let (server, post) = Server::start(0).await;
        let now = write(&db, "a@mail.example", "Réponse", "Texte").await;
        for n in 0..50 {
            write(&db, &format!("b{n}@mail.example"), "Réponse", "Texte").await;
        }
        let mut tx = db.begin().await.unwrap();
        let letter = Letter { to: "lea@mail.example".into(), subject: "Votre lien".into(), body: "Lien".into() };
        post_first(&mut tx, &letter, now).await.unwrap();
        tx.commit().await.unwrap();
        let first: Vec<_> = store::due(&db, now + TimeDelta::seconds(1), 4).await.unwrap();
        assert_eq!(first[0].recipient, "lea@mail.example");
        assert_eq!(drain(&db, &post, now + TimeDelta::seconds(1)).await.unwrap(), 20, "then the outbox is looked at anew");
        let (left,): (i64,) = db.one("select count(*) from mail where recipient = 'lea@mail.example' and sent_at is null", ()).await.unwrap();
        assert_eq!(left, 0);
        drop(server);
    }

    async fn into_a_folder_each_letter_is_one_whole_file(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        let post = by(&format!("folder:{}", folder.path().join("letters").display()));
        let at = write(&db, "lea@mail.example", "Bonjour", "Le lien : https://ville.example/sign-in/abc").await;
        assert_eq!(drain(&db, &post, at).await.unwrap(), 1);
        let files: Vec<_> = std::fs::read_dir(folder.path().join("letters")).unwrap().map(|f| f.unwrap().path()).collect();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].extension().unwrap(), "eml");
        let text = std::fs::read_to_string(&files[0]).unwrap();
        assert!(text.contains("To: lea@mail.example") && text.contains("https://ville.example/sign-in/abc"));
    }
}

#[test]
fn header_injection_a_senders_name_is_one_line() {
    let from = "Ville\r\nBcc: eve@evil.example <carte@ville.example>".into();
    let config = Config { mail: Secret::new("folder:x"), mail_from: from, ..Config::default() };
    if let Ok(Some(post)) = Post::of(&config) {
        assert!(!format!("{post:?}").contains("Bcc"));
        panic!("a sender of two lines is refused when the server starts");
    }
}
